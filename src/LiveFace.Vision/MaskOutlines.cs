using System.Numerics;

namespace LiveFace.Vision;

/// <summary>
/// From a mask to the polygons round what is inside of it, in pixels of the frame. Holes are filled: a polygon that is left
/// out of another one would be read as a second thing.
/// </summary>
public static class MaskOutlines
{
    private const byte Inside = 128;

    // So far, in cells of the mask, a polygon may lie beside the cells' edges, and so small islands are noise.
    private const float Tolerance = 0.75f;
    private const float LeastCells = 4;

    /// <summary>The most polygons of one mask; a thing in more pieces loses its smallest.</summary>
    public const int Most = 16;

    // The ways along the edges of cells, each a right turn from the one before: right, down, left, up.
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    /// <summary>The polygons, the largest first; none where nothing is inside.</summary>
    public static IReadOnlyList<Vector2[]> Trace(DetectionMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var (width, height) = (mask.Width, mask.Height);
        var edges = Edges(mask.Values, width, height);
        var found = new List<(float Area, List<Vector2> Ring)>();
        for (var start = 0; start < edges.Length; start++)
            while (edges[start] != 0)
            {
                var ring = Follow(edges, start, width + 1);
                if (AreaOf(ring) is var area && area >= LeastCells)
                    found.Add((area, ring));
            }

        var (region, scale) = (mask.Region, new Vector2(mask.Region.Width / width, mask.Region.Height / height));
        var origin = new Vector2(region.Left, region.Top);
        return [.. found.OrderByDescending(one => one.Area).Take(Most).Select(one => Simplify(one.Ring, origin, scale))];
    }

    /// <summary>For each corner of the cells' grid the ways that lead from it with the inside at the right hand.</summary>
    private static byte[] Edges(ReadOnlySpan<byte> values, int width, int height)
    {
        var edges = new byte[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                if (values[y * width + x] < Inside)
                    continue;
                var corner = y * (width + 1) + x;
                if (y == 0 || values[(y - 1) * width + x] < Inside)
                    edges[corner] |= 1;
                if (x == width - 1 || values[y * width + x + 1] < Inside)
                    edges[corner + 1] |= 2;
                if (y == height - 1 || values[(y + 1) * width + x] < Inside)
                    edges[corner + width + 2] |= 4;
                if (x == 0 || values[y * width + x - 1] < Inside)
                    edges[corner + width + 1] |= 8;
            }

        return edges;
    }

    /// <summary>Walks once round, and takes the edges away. Where cells meet at a corner alone, it keeps to the right: they are two.</summary>
    private static List<Vector2> Follow(byte[] edges, int start, int columns)
    {
        var ring = new List<Vector2>();
        var at = start;
        var way = BitOperations.TrailingZeroCount(edges[start]);
        var last = -1;
        do
        {
            if (way != last)
                ring.Add(new Vector2(at % columns, at / columns));
            edges[at] &= (byte)~(1 << way);
            at += Steps[way].X + Steps[way].Y * columns;
            last = way;
            foreach (var turn in (ReadOnlySpan<int>)[1, 0, 3])
                if ((edges[at] >> ((last + turn) & 3) & 1) != 0)
                {
                    way = (last + turn) & 3;
                    break;
                }
        }
        while (at != start);
        return ring;
    }

    /// <summary>Positive for what is round something, negative for what is round a hole.</summary>
    private static float AreaOf(List<Vector2> ring)
    {
        var area = 0f;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            area += a.X * b.Y - b.X * a.Y;
        }

        return area / 2;
    }

    private static Vector2[] Simplify(List<Vector2> ring, Vector2 origin, Vector2 scale)
    {
        // Two corners that stay: the first, and the one that lies farthest from it.
        var far = 0;
        for (var i = 1; i < ring.Count; i++)
            if (Vector2.DistanceSquared(ring[i], ring[0]) > Vector2.DistanceSquared(ring[far], ring[0]))
                far = i;
        var kept = new bool[ring.Count + 1];
        kept[0] = kept[far] = kept[ring.Count] = true;
        var open = new Stack<(int From, int To)>([(0, far), (far, ring.Count)]);
        while (open.TryPop(out var span))
        {
            var (worst, distance) = (span.From, Tolerance);
            for (var i = span.From + 1; i < span.To; i++)
                if (DistanceTo(ring[i], ring[span.From], ring[span.To % ring.Count]) is var d && d > distance)
                    (worst, distance) = (i, d);
            if (worst == span.From)
                continue;
            kept[worst] = true;
            open.Push((span.From, worst));
            open.Push((worst, span.To));
        }

        var corners = ring.Where((_, i) => kept[i]).ToArray();
        // What is too narrow to keep three corners stays as it was.
        return [.. (corners.Length >= 3 ? corners : ring.ToArray()).Select(corner => origin + corner * scale)];
    }

    private static float DistanceTo(Vector2 point, Vector2 from, Vector2 to)
    {
        var line = to - from;
        var part = line.LengthSquared() is > 0 and var square ? Math.Clamp(Vector2.Dot(point - from, line) / square, 0, 1) : 0;
        return Vector2.Distance(point, from + part * line);
    }
}
