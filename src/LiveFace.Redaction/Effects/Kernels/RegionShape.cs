namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>How an effect's region lies round its bounds.</summary>
public enum RegionShape
{
    /// <summary>The bounds themselves, snapped outwards to even pixels.</summary>
    Box,

    /// <summary>
    /// An oval drawn round the bounds (a superellipse of degree four, 19 % wider and higher than they are), so that
    /// the corners of the bounds are inside it and nothing of them shows.
    /// </summary>
    Ellipse,

    /// <summary>An <see cref="AlphaMask"/> stretched over the bounds.</summary>
    Mask,

    /// <summary>All of the bounds but what an <see cref="AlphaMask"/> stretched over them covers: a background.</summary>
    OutsideMask,
}
