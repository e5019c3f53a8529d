using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Tests.Effects;

namespace LiveFace.Redaction.Tests;

/// <summary>The hundred faces of python3-skimage's lfw_subset.npy (Labeled Faces in the Wild; 25 by 25 points of grey).</summary>
internal static class LfwPictures
{
    public const int Faces = 100;
    private const int Points = 25;
    private const string File = "/usr/lib/python3/dist-packages/skimage/data/lfw_subset.npy";

    /// <summary>One of the faces, drawn out to a square.</summary>
    public static VideoFrame Read(FramePool pool, int face, int side)
    {
        var data = System.IO.File.ReadAllBytes(File);
        // The format's version 1: ten bytes, the last two of which are the length of the text that follows.
        var values = data.AsSpan(10 + BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(8)));
        var points = MemoryMarshal.Cast<byte, double>(values).Slice(face * Points * Points, Points * Points);
        var frame = TestFrame.Flat(pool, side, side, 0, 128, 128);
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (px, py) = (Place(x), Place(y));
                var (x0, y0) = (Math.Min((int)px, Points - 2), Math.Min((int)py, Points - 2));
                var (fx, fy) = (px - x0, py - y0);
                var upper = points[y0 * Points + x0] * (1 - fx) + points[y0 * Points + x0 + 1] * fx;
                var lower = points[(y0 + 1) * Points + x0] * (1 - fx) + points[(y0 + 1) * Points + x0 + 1] * fx;
                frame.RowY(y)[x] = (byte)(16 + 219 * (upper * (1 - fy) + lower * fy));
            }

        return frame;

        double Place(int pixel) => Math.Clamp((pixel + 0.5) * Points / side - 0.5, 0, Points - 1);
    }
}
