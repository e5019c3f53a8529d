using LiveFace.Films.Pictures;

namespace LiveFace.Features.Files.Detections;

/// <summary>The outline of what is in a box, as HTTP tells it: polygons, the largest first, in parts of the picture's width and height.</summary>
internal sealed record BoxOutline(int Width, int Height, IReadOnlyList<IReadOnlyList<PicturePoint>> Outline)
{
    public static BoxOutline Of(PictureOutline found) => new(
        found.Width, found.Height, [.. found.Polygons.Select(ring => ring.Select(point => PictureObject.Part(point, found.Width, found.Height)).ToArray())]);
}
