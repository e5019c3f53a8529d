namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>The number of a picture in the descriptors of VP8 (RFC 7741, section 4.2) and VP9 (RFC 9628, section 4.2): M, then 7 or 15 bits.</summary>
internal static class PictureNumber
{
    public static bool TryRead(ReadOnlySpan<byte> payload, ref int position, out int? id)
    {
        id = null;
        if (payload.Length <= position)
            return false;
        var first = payload[position++];
        id = first & 0x7F;
        if ((first & 0x80) == 0)
            return true;
        if (payload.Length <= position)
            return false;
        id = id << 8 | payload[position++];
        return true;
    }
}
