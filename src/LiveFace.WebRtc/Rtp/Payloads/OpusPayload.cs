namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>
/// An RTP payload of Opus is one Opus packet as it is (RFC 7587, section 4.2); its first byte tells how long it plays
/// (RFC 6716, section 3.1).
/// </summary>
internal static class OpusPayload
{
    private const int MaxSamples = 5760; // 120 ms at 48 kHz

    /// <summary>How many samples at 48 kHz a packet holds; false if it is none.</summary>
    public static bool TryGetDuration(ReadOnlySpan<byte> payload, out int samples)
    {
        samples = 0;
        if (payload.IsEmpty)
            return false;
        var config = payload[0] >> 3;
        var frame = config switch
        {
            < 12 => (config & 3) switch { 0 => 480, 1 => 960, 2 => 1920, _ => 2880 }, // SILK
            < 16 => (config & 1) == 0 ? 480 : 960, // hybrid
            _ => 120 << (config & 3), // CELT
        };
        var frames = 2;
        switch (payload[0] & 3)
        {
            case 0:
                frames = 1;
                break;
            case 3:
                if (payload.Length < 2)
                    return false;
                frames = payload[1] & 0x3F;
                break;
        }

        samples = frame * frames;
        return samples is > 0 and <= MaxSamples;
    }
}
