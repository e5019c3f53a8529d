namespace LiveFace.Features.Watermarks;

/// <summary>What may be done with watermarks; section <c>Watermark</c>.</summary>
internal sealed class WatermarkOptions
{
    public const string Section = "Watermark";

    /// <summary>Whether marks are taken off pictures.</summary>
    public bool Removal { get; set; } = true;
}
