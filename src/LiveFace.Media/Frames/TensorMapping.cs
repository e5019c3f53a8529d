namespace LiveFace.Media.Frames;

/// <summary>
/// Leads from the tensor's coordinates (in its pixels) back to the picture's: picture = tensor × scale + offset.
/// </summary>
/// <param name="ScaleX">Picture pixels for each tensor column.</param>
/// <param name="ScaleY">Picture pixels for each tensor row.</param>
/// <param name="OffsetX">Where tensor column 0 lies in the picture.</param>
/// <param name="OffsetY">Where tensor row 0 lies in the picture.</param>
public readonly record struct TensorMapping(float ScaleX, float ScaleY, float OffsetX, float OffsetY)
{
    /// <summary>A column of the tensor in the picture.</summary>
    public float PictureX(float tensorX) => tensorX * ScaleX + OffsetX;

    /// <summary>A row of the tensor in the picture.</summary>
    public float PictureY(float tensorY) => tensorY * ScaleY + OffsetY;
}
