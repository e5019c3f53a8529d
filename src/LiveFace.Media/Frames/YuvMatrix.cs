namespace LiveFace.Media.Frames;

/// <summary>How BT.601 leads from YUV to RGB: each colour is a sum of the three and a constant, then clamped.</summary>
internal readonly record struct YuvMatrix(float Luma, float Black, float RedV, float GreenU, float GreenV, float BlueU)
{
    private static readonly YuvMatrix Limited = new(255f / 219, 16, 1.596027f, -0.391762f, -0.812968f, 2.017232f);
    private static readonly YuvMatrix Full = new(1, 0, 1.402f, -0.344136f, -0.714136f, 1.772f);

    public static YuvMatrix For(YuvRange range) => range == YuvRange.Full ? Full : Limited;
}
