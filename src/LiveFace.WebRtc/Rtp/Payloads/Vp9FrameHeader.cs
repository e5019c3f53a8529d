namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>
/// The little of a VP9 key frame's uncompressed header that its RTP descriptor repeats: the picture's size (VP9
/// bitstream specification, section 6.2).
/// </summary>
internal static class Vp9FrameHeader
{
    /// <summary>Reads the size from a profile 0 key frame.</summary>
    public static bool TryReadKeyFrameSize(ReadOnlySpan<byte> frame, out ushort width, out ushort height)
    {
        width = height = 0;
        // frame_marker 2, profile 2, show_existing_frame 1, frame_type 1 (0: key), show_frame 1, error_resilient 1;
        // frame_sync_code 24; colour space 3, range 1; width - 1 and height - 1, 16 bits each.
        if (frame.Length < 9 || (frame[0] & 0b1111_1100) != 0b1000_0000)
            return false;
        if (frame[1] != 0x49 || frame[2] != 0x83 || frame[3] != 0x42)
            return false;
        if (frame[4] >> 5 == 7) // sRGB is not of profile 0
            return false;
        width = (ushort)(((frame[4] & 0x0F) << 12 | frame[5] << 4 | frame[6] >> 4) + 1);
        height = (ushort)(((frame[6] & 0x0F) << 12 | frame[7] << 4 | frame[8] >> 4) + 1);
        return width != 0 && height != 0;
    }
}
