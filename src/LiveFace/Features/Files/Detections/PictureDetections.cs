using LiveFace.Films.Pictures;

namespace LiveFace.Features.Files.Detections;

/// <summary>What is in a picture, as HTTP and the command line tell it; docs/reference/detections.md describes it.</summary>
internal sealed record PictureDetections(int Width, int Height, string Look, bool Covered, IReadOnlyList<PictureObject> Objects)
{
    public const string Thorough = "thorough", Quick = "quick";

    public static PictureDetections Of(PictureFinds finds, bool isQuick) => new(
        finds.Width, finds.Height, isQuick ? Quick : Thorough, finds.IsCovered,
        [.. finds.Finds.Select(find => PictureObject.Of(find, finds.Width, finds.Height))]);
}
