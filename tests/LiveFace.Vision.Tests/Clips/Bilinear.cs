namespace LiveFace.Vision.Tests.Clips;

/// <summary>Values between the pixels of a plane.</summary>
internal static class Bilinear
{
    public static float At(ReadOnlySpan<byte> plane, int stride, int width, int height, float x, float y)
    {
        x = Math.Clamp(x, 0, width - 1.001f);
        y = Math.Clamp(y, 0, height - 1.001f);
        var x0 = (int)x;
        var y0 = (int)y;
        var fx = x - x0;
        var fy = y - y0;
        var at = y0 * stride + x0;
        var upper = plane[at] + fx * (plane[at + 1] - plane[at]);
        var lower = plane[at + stride] + fx * (plane[at + stride + 1] - plane[at + stride]);
        return upper + fy * (lower - upper);
    }
}
