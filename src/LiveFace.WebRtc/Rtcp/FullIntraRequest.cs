using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>Walks the entries of a FIR (RFC 5104, section 4.3.1.1); the header's media source is not used.</summary>
internal ref struct FullIntraRequest(ReadOnlySpan<byte> fci)
{
    private ReadOnlySpan<byte> _rest = fci;

    public bool TryRead(out uint ssrc, out byte sequenceNumber)
    {
        ssrc = 0;
        sequenceNumber = 0;
        if (_rest.Length < 8)
            return false;
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        sequenceNumber = _rest[4];
        _rest = _rest[8..];
        return true;
    }
}
