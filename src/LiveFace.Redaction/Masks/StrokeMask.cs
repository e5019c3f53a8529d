using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Draws what was drawn by hand over its own bounds. A mask has fewer points than the picture has pixels and is read between
/// them, so that every point is covered whose neighbours may lie in the shape: a shape that is a little too large is better
/// than one of which an edge shows.
/// </summary>
internal static class StrokeMask
{
    private const int MostPoints = 512;

    /// <summary>A polygon or a brush in a picture of this size: where its mask lies, in pixels.</summary>
    public static PixelRect Draw(HideMark mark, int width, int height, out AlphaMask mask)
    {
        var radius = mark.Shape == HideShape.Brush ? 0.5f * (mark.Width ?? 0) * Math.Min(width, height) : 0;
        var points = mark.Points!;
        float left = width, top = height, right = 0, bottom = 0;
        foreach (var point in points)
        {
            (left, right) = (MathF.Min(left, point.X * width), MathF.Max(right, point.X * width));
            (top, bottom) = (MathF.Min(top, point.Y * height), MathF.Max(bottom, point.Y * height));
        }

        // A pixel and one of the mask's points on each side, so that the widened shape ends inside.
        var step = MathF.Max(1, (MathF.Max(right - left, bottom - top) + 2 * radius) / MostPoints);
        var room = radius + 2 * step + 1;
        var bounds = Bounds(left - room, top - room, right + room, bottom + room);
        mask = new AlphaMask(Math.Max(1, (int)(bounds.Width / step)), Math.Max(1, (int)(bounds.Height / step)));
        var (stepX, stepY) = ((float)bounds.Width / mask.Width, (float)bounds.Height / mask.Height);
        var reach = radius + MathF.Sqrt(stepX * stepX + stepY * stepY);
        var corners = points.Select(point => (X: point.X * width - bounds.X, Y: point.Y * height - bounds.Y)).ToArray();
        if (mark.Shape == HideShape.Polygon)
            Fill(mask, corners, stepX, stepY);
        var last = mark.Shape == HideShape.Polygon ? corners.Length : Math.Max(1, corners.Length - 1);
        for (var i = 0; i < last; i++)
            Sweep(mask, corners[i], corners[(i + 1) % corners.Length], reach, stepX, stepY);
        return bounds;
    }

    /// <summary>Covers the points whose middle the corners go round.</summary>
    private static void Fill(AlphaMask mask, (float X, float Y)[] corners, float stepX, float stepY)
    {
        var crossings = new List<(float X, int Way)>();
        for (var row = 0; row < mask.Height; row++)
        {
            var y = (row + 0.5f) * stepY;
            crossings.Clear();
            for (var i = 0; i < corners.Length; i++)
            {
                var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
                if (from.Y > y != to.Y > y)
                    crossings.Add((from.X + (to.X - from.X) * (y - from.Y) / (to.Y - from.Y), to.Y > from.Y ? 1 : -1));
            }

            crossings.Sort(static (a, b) => a.X.CompareTo(b.X));
            var rounds = 0;
            for (var i = 0; i + 1 < crossings.Count; i++)
            {
                rounds += crossings[i].Way;
                if (rounds != 0)
                    Cover(mask, row, crossings[i].X, crossings[i + 1].X, stepX);
            }
        }
    }

    /// <summary>Covers the points that a disc touches on its way from one place to another.</summary>
    private static void Sweep(AlphaMask mask, (float X, float Y) from, (float X, float Y) to, float reach, float stepX, float stepY)
    {
        var first = Math.Max(0, (int)((MathF.Min(from.Y, to.Y) - reach) / stepY));
        var end = Math.Min(mask.Height, (int)((MathF.Max(from.Y, to.Y) + reach) / stepY) + 1);
        var length = float.Hypot(to.X - from.X, to.Y - from.Y);
        var (acrossX, acrossY) = length > 0 ? (-(to.Y - from.Y) / length * reach, (to.X - from.X) / length * reach) : (0, 0);
        ReadOnlySpan<(float X, float Y)> sides =
        [
            (from.X + acrossX, from.Y + acrossY), (to.X + acrossX, to.Y + acrossY),
            (to.X - acrossX, to.Y - acrossY), (from.X - acrossX, from.Y - acrossY),
        ];
        for (var row = first; row < end; row++)
        {
            var y = (row + 0.5f) * stepY;
            var (left, right) = (float.MaxValue, float.MinValue);
            Widen(from, y, reach, ref left, ref right);
            Widen(to, y, reach, ref left, ref right);
            for (var i = 0; i < 4; i++)
            {
                var (a, b) = (sides[i], sides[(i + 1) % 4]);
                if (a.Y > y == b.Y > y)
                    continue;
                var x = a.X + (b.X - a.X) * (y - a.Y) / (b.Y - a.Y);
                (left, right) = (MathF.Min(left, x), MathF.Max(right, x));
            }

            if (left <= right)
                Cover(mask, row, left, right, stepX);
        }
    }

    private static void Widen((float X, float Y) centre, float y, float reach, ref float left, ref float right)
    {
        var rest = reach * reach - (y - centre.Y) * (y - centre.Y);
        if (rest < 0)
            return;
        var half = MathF.Sqrt(rest);
        (left, right) = (MathF.Min(left, centre.X - half), MathF.Max(right, centre.X + half));
    }

    /// <summary>Covers the points of a row whose middle lies between two places.</summary>
    private static void Cover(AlphaMask mask, int row, float left, float right, float stepX)
    {
        var first = Math.Clamp((int)MathF.Ceiling(left / stepX - 0.5f), 0, mask.Width);
        var end = Math.Clamp((int)MathF.Floor(right / stepX - 0.5f) + 1, first, mask.Width);
        mask.Pixels.Slice(row * mask.Width + first, end - first).Fill(255);
    }

    private static PixelRect Bounds(float left, float top, float right, float bottom)
    {
        var (x, y) = ((int)MathF.Floor(left), (int)MathF.Floor(top));
        return new PixelRect(x, y, (int)MathF.Ceiling(right) - x, (int)MathF.Ceiling(bottom) - y);
    }
}
