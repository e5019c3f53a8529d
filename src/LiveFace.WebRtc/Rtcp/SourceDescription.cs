using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>Reads the CNAMEs of an SDES packet (RFC 3550, section 6.5).</summary>
internal ref struct SourceDescription(in RtcpPacket packet)
{
    private const byte CnameItem = 1;

    private ReadOnlySpan<byte> _rest = packet.Body;
    private int _left = packet.Count;

    /// <summary>Gives the next chunk that has a CNAME.</summary>
    public bool TryReadCname(out uint ssrc, out ReadOnlySpan<byte> cname)
    {
        while (_left-- > 0 && _rest.Length >= 8)
        {
            ssrc = BinaryPrimitives.ReadUInt32BigEndian(_rest);
            if (!TryReadChunk(out cname))
                break;
            if (!cname.IsEmpty)
                return true;
        }

        ssrc = 0;
        cname = default;
        return false;
    }

    private bool TryReadChunk(out ReadOnlySpan<byte> cname)
    {
        cname = default;
        var position = 4;
        while (position < _rest.Length && _rest[position] != 0)
        {
            if (_rest.Length < position + 2 || _rest.Length < position + 2 + _rest[position + 1])
                return false;
            var item = _rest.Slice(position + 2, _rest[position + 1]);
            if (_rest[position] == CnameItem)
                cname = item;
            position += 2 + item.Length;
        }

        // The null item is followed by zeros up to the next word.
        position = Math.Min(_rest.Length, position + 4 & ~3);
        _rest = _rest[position..];
        return true;
    }
}
