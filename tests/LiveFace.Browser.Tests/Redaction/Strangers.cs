using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LiveFace.Media.Frames;
using LiveFace.Reidentify;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// Other people than the clip's: the hundred faces of python3-skimage's lfw_subset.npy (Labeled Faces in the Wild; 25 by
/// 25 points of grey, as tightly cut as an embedding model wants them).
/// </summary>
internal static class Strangers
{
    private const string File = "/usr/lib/python3/dist-packages/skimage/data/lfw_subset.npy";
    private const int Faces = 100;
    private const int Points = 25;
    private const int Doubled = 2 * Points;
    private const int Side = 200;

    /// <summary>How alike the clip's person and each stranger are.</summary>
    public static float[] Likenesses(FaceWitness witness)
    {
        var data = System.IO.File.ReadAllBytes(File);
        // The format's version 1: ten bytes, the last two of which are the length of the text that follows.
        var values = MemoryMarshal.Cast<byte, double>(data.AsSpan(10 + BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(8))));
        using var pool = new FramePool();
        var likenesses = new float[Faces];
        for (var i = 0; i < Faces; i++)
        {
            using var small = Draw(values.Slice(i * Points * Points, Points * Points), pool);
            using var large = pool.Rent(Side, Side);
            new FrameScaler().Scale(small, large, ResampleFilter.Bilinear);
            likenesses[i] = witness.Likeness(large, new Similarity((float)Side / FaceEmbedder.Side, 0, 0, 0));
        }

        return likenesses;
    }

    private static VideoFrame Draw(ReadOnlySpan<double> points, FramePool pool)
    {
        var frame = pool.Rent(Doubled, Doubled);
        for (var y = 0; y < Doubled; y++)
            for (var x = 0; x < Doubled; x++)
                frame.RowY(y)[x] = (byte)(16 + 219 * points[y / 2 * Points + x / 2]);
        for (var y = 0; y < Points; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }

        return frame;
    }
}
