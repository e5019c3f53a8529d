using System.Numerics;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Pictures;

/// <summary>What was found in a picture, in pixels of the upright picture. Covered: the policy leaves nothing of it to be seen.</summary>
public sealed record PictureFinds(int Width, int Height, bool IsCovered, IReadOnlyList<PictureFind> Finds);

/// <summary>
/// One thing that was found. <paramref name="Model"/> is the name by which its model was asked for;
/// <paramref name="Outline"/> are polygons, where the model gives them.
/// </summary>
public sealed record PictureFind(
    string Model, string Class, float Score, BoxF Box, bool IsHidden, FaceLandmarks? Landmarks, IReadOnlyList<Vector2[]>? Outline)
{
    /// <summary>Whether its model finds faces.</summary>
    public bool IsFace { get; init; }

    /// <summary>What was read of a face; null where nothing was asked, or it is too small.</summary>
    public FaceReading? Reading { get; init; }
}
