namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>
/// Payloads that look like frames of their codec, carry a number, and show any byte that is wrong or out of place.
/// </summary>
internal static class TestFrame
{
    private const int HeadSize = 16;

    public static byte[] Make(RtcCodec codec, int number, bool isKeyFrame, int size)
    {
        var body = new byte[Math.Max(size, HeadSize)];
        for (var i = 0; i < 4; i++)
            body[8 + i] = (byte)(0x80 | number >> 7 * i); // never zero, so that no start code comes about
        for (var i = 12; i < body.Length; i++)
            body[i] = Pattern(number, i);
        switch (codec)
        {
            case RtcCodec.Vp8:
                body[0] = isKeyFrame ? (byte)0x10 : (byte)0x11;
                return body;
            case RtcCodec.Vp9:
                // A key frame of profile 0 in 640x480, or the head of an inter frame.
                byte[] head = isKeyFrame
                    ? [0x82, 0x49, 0x83, 0x42, 0x20, 0x27, 0xF0, 0x1D] : [0x86, 0, 0, 0, 0, 0, 0, 0];
                head.CopyTo(body, 0);
                return body;
            default:
                byte[] slice = [0, 0, 0, 1, (byte)(isKeyFrame ? 0x65 : 0x41), 0x80, 0x80, 0x80];
                slice.CopyTo(body, 0);
                return isKeyFrame ? [0, 0, 0, 1, 0x67, 0x42, 0xE0, 0x1F, 0, 0, 0, 1, 0x68, 0xCE, 0x3C, 0x80, .. body] : body;
        }
    }

    /// <summary>Gives the number, after every byte was looked at.</summary>
    public static int Check(ReadOnlySpan<byte> payload, RtcCodec codec, bool isKeyFrame)
    {
        if (codec == RtcCodec.H264 && isKeyFrame)
            payload = payload[16..];
        var number = 0;
        for (var i = 0; i < 4; i++)
            number |= (payload[8 + i] & 0x7F) << 7 * i;
        for (var i = 12; i < payload.Length; i++)
        {
            if (payload[i] != Pattern(number, i))
                throw new InvalidOperationException($"Frame {number} is wrong at byte {i} of {payload.Length}.");
        }

        return number;
    }

    // Never zero either.
    private static byte Pattern(int number, int index) => (byte)((number * 31 + index * 7) % 255 + 1);
}
