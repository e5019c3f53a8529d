namespace LiveFace.Media.Frames;

/// <summary>How pixels are made when a picture changes size.</summary>
public enum ResampleFilter
{
    /// <summary>
    /// Mixes the two nearest pixels on each axis, with pixel centres at halves: what OpenCV calls INTER_LINEAR and what
    /// most detectors were trained with. Fast; below half size it skips pixels.
    /// </summary>
    Bilinear,

    /// <summary>
    /// Averages all that a smaller pixel covers (OpenCV's INTER_AREA), and is bilinear where the picture grows.
    /// </summary>
    Area,
}
