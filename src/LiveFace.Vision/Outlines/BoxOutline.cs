using System.Numerics;
using LiveFace.Media.Frames;

namespace LiveFace.Vision.Outlines;

/// <summary>
/// From a box that was drawn round a thing to the thing's outline, in pixels of the frame. It knows no things: what is in the box
/// and unlike what is round it is inside.
/// </summary>
public static class BoxOutline
{
    /// <summary>The most points of one polygon.</summary>
    public const int MostPoints = 512;

    // What is looked at beside the box, as a part of its sides, and the longer side of both in cells.
    private const float Margin = 0.35f, LeastMargin = 8;
    private const int LongSide = 288;

    // Pieces smaller than this part of the largest are specks.
    private const float LeastPiece = 0.03f;

    /// <summary>The polygons, the largest first; none where nothing in the box stands out.</summary>
    public static IReadOnlyList<Vector2[]> Trace(VideoFrame frame, BoxF box)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var mask = Cut(frame, box);
        Grow(mask);
        var rings = MaskOutlines.Trace(mask);
        return [.. rings.Where(ring => AreaOf(ring) >= LeastPiece * AreaOf(rings[0])).Select(Bounded)];
    }

    /// <summary>The mask of what is inside, without the rim that an outline gets.</summary>
    internal static DetectionMask Cut(VideoFrame frame, BoxF box)
    {
        var whole = new BoxF(0, 0, frame.Width, frame.Height);
        box = box.Intersect(whole);
        if (!box.IsUsable)
            throw new ArgumentOutOfRangeException(nameof(box), box, "A box has a pixel of the picture or more on each side.");
        var (marginX, marginY) = (MathF.Max(LeastMargin, Margin * box.Width), MathF.Max(LeastMargin, Margin * box.Height));
        var region = new BoxF(box.Left - marginX, box.Top - marginY, box.Right + marginX, box.Bottom + marginY).Intersect(whole);
        var scale = MathF.Min(1, LongSide / MathF.Max(region.Width, region.Height));
        var (width, height) = (Math.Max(3, (int)MathF.Round(region.Width * scale)), Math.Max(3, (int)MathF.Round(region.Height * scale)));
        var mask = new DetectionMask();
        mask.Open(width, height, region);
        var inside = GrabCut.Run(Read(frame, region, width, height), width, CellsOf(box, region, width, height));
        for (var i = 0; i < inside.Length; i++)
            mask.Values[i] = inside[i] ? byte.MaxValue : byte.MinValue;
        return mask;
    }

    private static Vector3[] Read(VideoFrame frame, BoxF region, int width, int height)
    {
        var area = width * height;
        var planes = new float[3 * area];
        new TensorSampler(new TensorFormat(width, height) { Filter = ResampleFilter.Area })
            .Sample(frame, new PictureRegion(region.Left, region.Top, region.Width, region.Height), planes);
        return [.. Enumerable.Range(0, area).Select(i => new Vector3(planes[i], planes[area + i], planes[2 * area + i]))];
    }

    /// <summary>The box in cells. One that is all of the picture leaves its outermost cells as background.</summary>
    private static (int Left, int Top, int Right, int Bottom) CellsOf(BoxF box, BoxF region, int width, int height)
    {
        var (x, y) = (width / region.Width, height / region.Height);
        var left = Math.Clamp((int)((box.Left - region.Left) * x), 0, width - 2);
        var top = Math.Clamp((int)((box.Top - region.Top) * y), 0, height - 2);
        var right = Math.Clamp((int)MathF.Ceiling((box.Right - region.Left) * x), left + 1, width);
        var bottom = Math.Clamp((int)MathF.Ceiling((box.Bottom - region.Top) * y), top + 1, height);
        return right - left == width && bottom - top == height ? (1, 1, width - 1, height - 1) : (left, top, right, bottom);
    }

    /// <summary>Takes in the cells beside those inside: an outline that hides leaves no rim of the thing.</summary>
    private static void Grow(DetectionMask mask)
    {
        var (width, height) = (mask.Width, mask.Height);
        var before = mask.Values.ToArray();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                if (before[y * width + x] == 0)
                    continue;
                for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
                    mask.Values.Slice(row * width, width)[Math.Max(0, x - 1)..Math.Min(width, x + 2)].Fill(byte.MaxValue);
            }
    }

    private static float AreaOf(Vector2[] ring)
    {
        var area = 0f;
        for (var i = 0; i < ring.Length; i++)
            area += ring[i].X * ring[(i + 1) % ring.Length].Y - ring[(i + 1) % ring.Length].X * ring[i].Y;
        return MathF.Abs(area) / 2;
    }

    private static Vector2[] Bounded(Vector2[] ring)
    {
        var step = (ring.Length + MostPoints - 1) / MostPoints;
        return step == 1 ? ring : [.. ring.Where((_, i) => i % step == 0)];
    }
}
