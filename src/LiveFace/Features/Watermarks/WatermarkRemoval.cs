namespace LiveFace.Features.Watermarks;

/// <summary>
/// What became of a picture, as JSON; the pictures are files in base64. <paramref name="Mask"/> is white where the mark was.
/// </summary>
internal sealed record WatermarkRemoval(
    int Width, int Height, bool Marked, double Share, double? Confidence, string Type, string Before, string After, string Mask);
