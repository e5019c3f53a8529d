namespace LiveFace.Redaction.Effects.Marking;

/// <summary>Where a watermark stands in the picture.</summary>
public enum WatermarkPlace
{
    /// <summary>Over all of it, each second row moved by half a tile.</summary>
    Tiled,

    /// <summary>Once, in the middle.</summary>
    Single,

    /// <summary>In the upper left corner.</summary>
    TopLeft,

    /// <summary>In the upper right corner.</summary>
    TopRight,

    /// <summary>In the lower left corner.</summary>
    BottomLeft,

    /// <summary>In the lower right corner.</summary>
    BottomRight,
}

/// <summary>How a watermark meets the picture under it.</summary>
public enum WatermarkBlend
{
    /// <summary>It is laid over the picture.</summary>
    Normal,

    /// <summary>It darkens, by how dark the mark is; white leaves the picture as it is.</summary>
    Multiply,

    /// <summary>It lightens, by how light the mark is; black leaves the picture as it is.</summary>
    Screen,
}
