namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>Cuts a VP8 frame into RTP payloads (RFC 7741, section 4), with a 15-bit picture id.</summary>
internal ref struct Vp8Packetizer(ReadOnlySpan<byte> frame, ushort pictureId, int maxPayload)
{
    private const int DescriptorSize = 4;

    private readonly int _maxPart = maxPayload - DescriptorSize;
    private ReadOnlySpan<byte> _rest = frame;
    private bool _begun;

    /// <summary>Writes the next payload and gives its size; 0 at the end.</summary>
    public int WriteNext(Span<byte> destination, out bool last)
    {
        last = false;
        if (_rest.IsEmpty)
            return 0;
        var size = PacketSplit.Next(_rest.Length, _maxPart);
        destination[0] = (byte)(_begun ? 0x80 : 0x90); // X, and S at the beginning
        destination[1] = 0x80; // I
        destination[2] = (byte)(0x80 | (pictureId >> 8 & 0x7F)); // M
        destination[3] = (byte)pictureId;
        _rest[..size].CopyTo(destination[DescriptorSize..]);
        _rest = _rest[size..];
        _begun = true;
        last = _rest.IsEmpty;
        return DescriptorSize + size;
    }
}
