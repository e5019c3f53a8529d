using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Draws a polygon of zone points over the whole picture's area. A point of the mask is covered when any part of it
/// may be: the outline is widened by one point, since a zone that is a little too large is better than one too small.
/// </summary>
internal static class PolygonMask
{
    private const int Side = 256;

    public static AlphaMask Draw(IReadOnlyList<ZonePoint> points)
    {
        var mask = new AlphaMask(Side, Side);
        var inside = new bool[Side * Side];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                inside[y * Side + x] = Contains(points, (x + 0.5f) / Side, (y + 0.5f) / Side);
        foreach (var (from, to) in Edges(points))
            DrawEdge(inside, from, to);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                mask.Pixels[y * Side + x] = Near(inside, x, y) ? (byte)255 : (byte)0;
        return mask;
    }

    private static bool Contains(IReadOnlyList<ZonePoint> points, float x, float y)
    {
        var contains = false;
        foreach (var (a, b) in Edges(points))
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X)
                contains = !contains;
        return contains;
    }

    private static IEnumerable<(ZonePoint From, ZonePoint To)> Edges(IReadOnlyList<ZonePoint> points)
    {
        for (var i = 0; i < points.Count; i++)
            yield return (points[i], points[(i + 1) % points.Count]);
    }

    // A zone thinner than a point of the mask would fall between the points' centres.
    private static void DrawEdge(bool[] inside, ZonePoint from, ZonePoint to)
    {
        for (var i = 0; i <= Side * 2; i++)
        {
            var part = i / (Side * 2f);
            var x = Math.Clamp((int)((from.X + (to.X - from.X) * part) * Side), 0, Side - 1);
            var y = Math.Clamp((int)((from.Y + (to.Y - from.Y) * part) * Side), 0, Side - 1);
            inside[y * Side + x] = true;
        }
    }

    private static bool Near(bool[] inside, int x, int y)
    {
        for (var dy = -1; dy <= 1; dy++)
            for (var dx = -1; dx <= 1; dx++)
                if ((uint)(x + dx) < Side && (uint)(y + dy) < Side && inside[(y + dy) * Side + x + dx])
                    return true;
        return false;
    }
}
