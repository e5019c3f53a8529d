using System.Numerics;

namespace LiveFace.Media.Frames;

/// <summary>Reads a plane at points that lie anywhere: the mix of the four nearest pixels, those of the edge outside.</summary>
internal static unsafe class PlanePoint
{
    public static void ReadRow(
        byte* plane, int stride, int width, int height, Matrix3x2 planeFromTensor, int row, int count, float* destination)
    {
        for (var column = 0; column < count; column++)
        {
            // Pixel centres lie at halves on both sides.
            var at = Vector2.Transform(new Vector2(column + 0.5f, row + 0.5f), planeFromTensor) - new Vector2(0.5f);
            destination[column] = Read(plane, stride, width, height, at.X, at.Y);
        }
    }

    private static float Read(byte* plane, int stride, int width, int height, float x, float y)
    {
        // Also brings what is not a number into the picture.
        x = x >= 0 ? Math.Min(x, width - 1) : 0;
        y = y >= 0 ? Math.Min(y, height - 1) : 0;
        int left = (int)x, top = (int)y;
        int right = Math.Min(left + 1, width - 1), bottom = Math.Min(top + 1, height - 1);
        float across = x - left, down = y - top;
        var upper = plane + (nint)top * stride;
        var lower = plane + (nint)bottom * stride;
        var above = upper[left] + across * (upper[right] - upper[left]);
        var below = lower[left] + across * (lower[right] - lower[left]);
        return above + down * (below - above);
    }
}
