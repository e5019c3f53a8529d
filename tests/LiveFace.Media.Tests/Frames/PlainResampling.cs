using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>The slow, plain definition that the fast resampling is held against: doubles, one pixel at a time.</summary>
internal static class PlainResampling
{
    public delegate double Plane(int x, int y);

    public static double Pixel(
        Plane plane, int planeWidth, int planeHeight, PictureRegion region, int width, int height, ResampleFilter filter, int x, int y)
    {
        double sum = 0;
        foreach (var (row, rowWeight) in Taps(region.Y, region.Height, height, planeHeight, filter, y))
            foreach (var (column, columnWeight) in Taps(region.X, region.Width, width, planeWidth, filter, x))
                sum += rowWeight * columnWeight * plane(column, row);
        return sum;
    }

    public static List<(int Pixel, double Weight)> Taps(
        double origin, double length, int count, int sourceLength, ResampleFilter filter, int output)
    {
        var scale = length / count;
        var taps = new List<(int, double)>();
        if (filter == ResampleFilter.Area && scale > 1)
        {
            double from = origin + output * scale, to = from + scale;
            for (var p = (int)Math.Floor(from); p < to; p++)
                taps.Add((Math.Clamp(p, 0, sourceLength - 1), (Math.Min(p + 1, to) - Math.Max(p, from)) / scale));
            return taps;
        }

        var centre = origin + (output + 0.5) * scale - 0.5;
        var left = (int)Math.Floor(centre);
        taps.Add((Math.Clamp(left, 0, sourceLength - 1), 1 - (centre - left)));
        taps.Add((Math.Clamp(left + 1, 0, sourceLength - 1), centre - left));
        return taps;
    }

    public static (double Y, double U, double V) Levels(
        VideoFrame frame, PictureRegion region, int width, int height, ResampleFilter filter, int x, int y)
    {
        var half = new PictureRegion(region.X / 2, region.Y / 2, region.Width / 2, region.Height / 2);
        return (
            Pixel((c, r) => frame.RowY(r)[c], frame.Width, frame.Height, region, width, height, filter, x, y),
            Pixel((c, r) => frame.RowU(r)[c], frame.ChromaWidth, frame.ChromaHeight, half, width, height, filter, x, y),
            Pixel((c, r) => frame.RowV(r)[c], frame.ChromaWidth, frame.ChromaHeight, half, width, height, filter, x, y));
    }

    /// <summary>BT.601, derived from its luma weights instead of the factors the product uses.</summary>
    public static (double R, double G, double B) Rgb((double Y, double U, double V) yuv, YuvRange range)
    {
        const double kr = 0.299, kb = 0.114, kg = 1 - kr - kb;
        var y = range == YuvRange.Limited ? (yuv.Y - 16) / 219 : yuv.Y / 255;
        var chroma = range == YuvRange.Limited ? 224.0 : 255.0;
        double pb = (yuv.U - 128) / chroma, pr = (yuv.V - 128) / chroma;
        var r = y + 2 * (1 - kr) * pr;
        var b = y + 2 * (1 - kb) * pb;
        var g = (y - kr * r - kb * b) / kg;
        return (Math.Clamp(r * 255, 0, 255), Math.Clamp(g * 255, 0, 255), Math.Clamp(b * 255, 0, 255));
    }
}
