using System.Numerics.Tensors;
using LiveFace.Media.Frames;

namespace LiveFace.Restoration.Tiles;

/// <summary>Frames as the net takes them, and changes of red, green and blue as frames take them: BT.601 in limited range.</summary>
internal static class FrameRgb
{
    /// <summary>A tile as the net takes it: planes of red, green and blue from 0 to 1; over the picture's end, its mirror image.</summary>
    public static void Read(VideoFrame frame, int left, int top, int width, int height, Span<float> planes)
    {
        var area = width * height;
        for (var y = 0; y < height; y++)
        {
            var row = new FrameRow(frame, TileAxis.Mirrored(top + y, frame.Height));
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                (planes[at], planes[area + at], planes[2 * area + at]) = row.At(TileAxis.Mirrored(left + x, frame.Width));
            }
        }

        TensorPrimitives.Multiply(planes[..(3 * area)], 1 / 255f, planes);
    }

    /// <summary>The luma that a change of red, green and blue makes.</summary>
    public static float Luma(float r, float g, float b) => 0.256788f * r + 0.504129f * g + 0.097906f * b;

    /// <summary>The chroma that it makes.</summary>
    public static (float U, float V) Chroma(float r, float g, float b) =>
        (-0.148223f * r - 0.290993f * g + 0.439216f * b, 0.439216f * r - 0.367788f * g - 0.071427f * b);
}
