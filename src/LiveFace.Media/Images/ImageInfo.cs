using LiveFace.Media.Frames;

namespace LiveFace.Media.Images;

/// <summary>What a picture file's header says.</summary>
/// <param name="Format">The format, told from the content.</param>
/// <param name="Width">Columns as stored, before the orientation is applied.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Orientation">How the stored picture has to be turned.</param>
public readonly record struct ImageInfo(ImageFormat Format, int Width, int Height, Orientation Orientation)
{
    /// <summary>Columns as shown.</summary>
    public int ShownWidth => Orientation.SwapsSides() ? Height : Width;

    /// <summary>Rows as shown.</summary>
    public int ShownHeight => Orientation.SwapsSides() ? Width : Height;
}
