namespace LiveFace.WebRtc.Rtp;

/// <summary>Walks the elements of a header extension in its one-byte or two-byte form (RFC 8285, section 4).</summary>
internal ref struct HeaderExtensionReader(ushort profile, ReadOnlySpan<byte> data)
{
    public const ushort OneByteProfile = 0xBEDE;
    public const ushort TwoByteProfile = 0x1000;

    private readonly bool _oneByte = profile == OneByteProfile;
    private ReadOnlySpan<byte> _rest = profile == OneByteProfile || (profile & 0xFFF0) == TwoByteProfile ? data : [];

    /// <summary>Gives the next element; false at the end and at the first element that runs past it.</summary>
    public bool TryRead(out byte id, out ReadOnlySpan<byte> value)
    {
        id = 0;
        value = default;
        while (!_rest.IsEmpty && _rest[0] == 0)
            _rest = _rest[1..];
        if (_rest.IsEmpty)
            return false;

        int head, length;
        if (_oneByte)
        {
            id = (byte)(_rest[0] >> 4);
            if (id is 0 or 15) // 15 ends the reading (section 4.2); 0 with a length is no padding and no element.
                return Stop();
            head = 1;
            length = (_rest[0] & 0x0F) + 1;
        }
        else
        {
            if (_rest.Length < 2)
                return Stop();
            id = _rest[0];
            head = 2;
            length = _rest[1];
        }

        if (_rest.Length < head + length)
            return Stop();
        value = _rest.Slice(head, length);
        _rest = _rest[(head + length)..];
        return true;
    }

    private bool Stop()
    {
        _rest = default;
        return false;
    }
}
