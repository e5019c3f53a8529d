using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Makes one list of what several windows of a frame show. A thing that a window's edge cuts is seen in part there
/// and whole in the neighbour: the part goes where the whole is known, and stays where it is not.
/// </summary>
internal static class LookMerger
{
    private const float InsidePart = 0.6f;
    private const float EdgePixels = 3f;

    public static void Merge(
        DetectionList found, ReadOnlySpan<PlannedWindow> windows, float overlap, int width, int height)
    {
        if (windows.Length > 1)
            DropParts(found, windows, width, height);
        Suppression.KeepStrongest(found, overlap);
    }

    public static void DropParts(DetectionList found, ReadOnlySpan<PlannedWindow> windows, int width, int height)
    {
        var items = found.Items;
        var kept = 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (IsCut(items[i], windows, width, height) && IsInsideAnother(items, i, windows, width, height))
                continue;
            items[kept++] = items[i];
        }

        found.Truncate(kept);
    }

    private static bool IsInsideAnother(
        ReadOnlySpan<DetectedObject> items, int part, ReadOnlySpan<PlannedWindow> windows, int width, int height)
    {
        var box = items[part].Box;
        for (var i = 0; i < items.Length; i++)
            if (i != part && items[i].Class == items[part].Class && (items[i].Turns == QuarterTurns.None || items[i].Turns == items[part].Turns) && items[i].Box.Area > box.Area
                && items[i].Box.Intersect(box).Area > InsidePart * box.Area
                && !IsCut(items[i], windows, width, height))
                return true;
        return false;
    }

    private static bool IsCut(in DetectedObject item, ReadOnlySpan<PlannedWindow> windows, int width, int height)
    {
        var box = item.Box;
        foreach (ref readonly var planned in windows)
        {
            // The edge of a window that was turned otherwise cut nothing of it.
            if (planned.IsWhole || planned.Turns != item.Turns)
                continue;
            var w = planned.Window;
            if (box.CentreX < w.X || box.CentreX > w.Right || box.CentreY < w.Y || box.CentreY > w.Bottom)
                continue;
            if ((w.X > 0 && MathF.Abs(box.Left - w.X) < EdgePixels)
                || (w.Y > 0 && MathF.Abs(box.Top - w.Y) < EdgePixels)
                || (w.Right < width && MathF.Abs(box.Right - w.Right) < EdgePixels)
                || (w.Bottom < height && MathF.Abs(box.Bottom - w.Bottom) < EdgePixels))
                return true;
        }

        return false;
    }
}
