namespace LiveFace.Vision.Models;

/// <summary>Order of colour channels.</summary>
public enum ColourOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>One channel.</summary>
    Grey,
}
