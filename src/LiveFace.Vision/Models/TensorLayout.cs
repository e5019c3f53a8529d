namespace LiveFace.Vision.Models;

/// <summary>Order of a picture tensor's dimensions.</summary>
public enum TensorLayout
{
    /// <summary>Channels outermost, one plane each.</summary>
    Nchw,

    /// <summary>Channels innermost, interleaved.</summary>
    Nhwc,
}
