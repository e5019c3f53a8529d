using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>Walks the sequence numbers that a generic NACK asks for (RFC 4585, section 6.2.1).</summary>
internal ref struct NackReader(ReadOnlySpan<byte> fci)
{
    private ReadOnlySpan<byte> _rest = fci;
    private ushort _next;
    private uint _mask;

    public bool TryRead(out ushort sequenceNumber)
    {
        if (_mask == 0)
        {
            if (_rest.Length < 4)
            {
                sequenceNumber = 0;
                return false;
            }

            _next = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            _mask = (uint)BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) << 1 | 1;
            _rest = _rest[4..];
        }

        while ((_mask & 1) == 0)
            Step();
        sequenceNumber = _next;
        Step();
        return true;
    }

    private void Step()
    {
        _mask >>= 1;
        _next++;
    }
}
