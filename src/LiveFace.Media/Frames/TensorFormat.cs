using System.Numerics;

namespace LiveFace.Media.Frames;

/// <summary>How the values of a tensor are ordered in memory.</summary>
public enum TensorLayout
{
    /// <summary>One plane for each channel.</summary>
    Nchw,

    /// <summary>The channels of a pixel side by side.</summary>
    Nhwc,
}

/// <summary>Which channels a tensor has, in order.</summary>
public enum TensorChannels
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Luma alone, stretched to full range.</summary>
    Grey,
}

/// <summary>How a region of one shape goes into a tensor of another.</summary>
public enum TensorFit
{
    /// <summary>Each axis is scaled by itself.</summary>
    Stretch,

    /// <summary>The shape is kept, the picture lies in the top left corner and the rest is padding.</summary>
    LetterboxTopLeft,

    /// <summary>The shape is kept, the picture lies in the middle with padding around.</summary>
    LetterboxCentred,
}

/// <summary>Which numbers stand for black and white in a picture.</summary>
internal enum YuvRange
{
    /// <summary>Luma 16 to 235 (BT.601, as video has it).</summary>
    Limited,

    /// <summary>Luma 0 to 255 (as JPEG has it).</summary>
    Full,
}

/// <summary>What a model takes as its picture.</summary>
/// <param name="Width">Columns of the tensor.</param>
/// <param name="Height">Rows of the tensor.</param>
public sealed record TensorFormat(int Width, int Height)
{
    /// <summary>Order of the values.</summary>
    public TensorLayout Layout { get; init; } = TensorLayout.Nchw;

    /// <summary>Channels and their order.</summary>
    public TensorChannels Channels { get; init; } = TensorChannels.Rgb;

    /// <summary>What is taken from each level of 0 to 255, in the order of the channels (X alone for grey).</summary>
    public Vector3 Mean { get; init; }

    /// <summary>What each level is multiplied by after that, in the order of the channels.</summary>
    public Vector3 Scale { get; init; } = Vector3.One;

    /// <summary>How the shape is treated.</summary>
    public TensorFit Fit { get; init; } = TensorFit.Stretch;

    /// <summary>The level of 0 to 255 that padding has in every channel, before mean and scale.</summary>
    public byte Padding { get; init; }

    /// <summary>How pixels are mixed.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bilinear;

    /// <summary>The range of the pictures that come in.</summary>
    internal YuvRange Range { get; init; } = YuvRange.Limited;

    /// <summary>How many channels there are.</summary>
    public int ChannelCount => Channels == TensorChannels.Grey ? 1 : 3;

    /// <summary>How many floats one picture fills.</summary>
    public int Length => Width * Height * ChannelCount;
}
