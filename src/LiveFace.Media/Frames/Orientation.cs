namespace LiveFace.Media.Frames;

/// <summary>
/// How a stored picture has to be turned to be upright; the values are those of EXIF (tag 0x0112), which name where
/// the stored picture's first row and first column are to be seen.
/// </summary>
public enum Orientation
{
    /// <summary>As stored.</summary>
    Upright = 1,

    /// <summary>Left and right change places.</summary>
    MirroredAcross = 2,

    /// <summary>Half a turn.</summary>
    HalfTurn = 3,

    /// <summary>Top and bottom change places.</summary>
    MirroredDown = 4,

    /// <summary>Rows become columns.</summary>
    Transposed = 5,

    /// <summary>A quarter turn clockwise.</summary>
    QuarterTurn = 6,

    /// <summary>Rows become columns, then half a turn.</summary>
    Transversed = 7,

    /// <summary>A quarter turn the other way.</summary>
    ThreeQuarterTurn = 8,
}

/// <summary>What follows from an orientation.</summary>
internal static class OrientationExtensions
{
    public static bool SwapsSides(this Orientation orientation) => orientation >= Orientation.Transposed;
}
