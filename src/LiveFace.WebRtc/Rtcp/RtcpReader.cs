using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>
/// Walks the packets of a compound (RFC 3550, section 6.1) or of a reduced-size one (RFC 5506). What cannot be read
/// ends the walk and is told by <see cref="IsMalformed"/>; what came before it stands.
/// </summary>
internal ref struct RtcpReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public bool IsMalformed { get; private set; } = data.Length < 4;

    public bool TryRead(out RtcpPacket packet)
    {
        packet = default;
        if (_rest.IsEmpty)
            return false;
        if (_rest.Length < 4 || _rest[0] >> 6 != 2)
            return Stop();
        var size = (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) + 1) * 4;
        if (_rest.Length < size)
            return Stop();
        var body = _rest[4..size];
        if ((_rest[0] & 0x20) != 0)
        {
            if (body.IsEmpty || body[^1] == 0 || body[^1] > body.Length)
                return Stop();
            body = body[..^body[^1]];
        }

        packet = new RtcpPacket(_rest[1], (byte)(_rest[0] & 0x1F), body);
        _rest = _rest[size..];
        return true;
    }

    private bool Stop()
    {
        IsMalformed = true;
        _rest = default;
        return false;
    }
}
