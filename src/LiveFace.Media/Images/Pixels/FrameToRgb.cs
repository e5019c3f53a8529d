using LiveFace.Media.Frames;

namespace LiveFace.Media.Images.Pixels;

/// <summary>Turns a frame into packed RGB, for formats that store that.</summary>
internal static unsafe class FrameToRgb
{
    public const int BytesPerPixel = 3;

    public static void Convert(VideoFrame frame, byte* rgb)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var luma = frame.Y + (nint)y * frame.StrideY;
            var u = frame.U + (nint)(y >> 1) * frame.StrideUV;
            var v = frame.V + (nint)(y >> 1) * frame.StrideUV;
            for (var x = 0; x < frame.Width; x++, rgb += BytesPerPixel)
            {
                // BT.601, limited range, in 16.16 fixed point.
                var c = (luma[x] - 16) * 76309 + 0x8000;
                var d = u[x >> 1] - 128;
                var e = v[x >> 1] - 128;
                rgb[0] = Clamp(c + 104597 * e >> 16);
                rgb[1] = Clamp(c - 25675 * d - 53279 * e >> 16);
                rgb[2] = Clamp(c + 132201 * d >> 16);
            }
        }
    }

    private static byte Clamp(int value) => (uint)value <= 255 ? (byte)value : value < 0 ? (byte)0 : (byte)255;
}
