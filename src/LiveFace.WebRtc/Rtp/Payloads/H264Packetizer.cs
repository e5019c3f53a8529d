using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>
/// Cuts an Annex B access unit into RTP payloads (RFC 6184, packetization-mode 1): small NAL units that follow each
/// other share a STAP-A (section 5.7.1), large ones become FU-As (section 5.8).
/// </summary>
internal ref struct H264Packetizer
{
    private readonly int _maxPayload;
    private AnnexBReader _reader;
    private ReadOnlySpan<byte> _next;
    private ReadOnlySpan<byte> _fragment;
    private byte _fragmentHeader;
    private bool _fragmentBegun;

    public H264Packetizer(ReadOnlySpan<byte> accessUnit, int maxPayload)
    {
        _maxPayload = maxPayload;
        _reader = new AnnexBReader(accessUnit);
        _reader.TryRead(out _next);
    }

    /// <summary>Writes the next payload and gives its size; 0 at the end.</summary>
    public int WriteNext(Span<byte> destination, out bool last)
    {
        var size = Write(destination);
        last = _fragment.IsEmpty && _next.IsEmpty;
        return size;
    }

    private int Write(Span<byte> destination)
    {
        if (!_fragment.IsEmpty)
            return WriteFragment(destination);
        if (_next.IsEmpty)
            return 0;
        var nal = _next;
        _reader.TryRead(out _next);
        if (nal.Length > _maxPayload)
        {
            _fragmentHeader = nal[0];
            _fragment = nal[1..];
            _fragmentBegun = false;
            return WriteFragment(destination);
        }

        if (_next.IsEmpty || 1 + 2 + nal.Length + 2 + _next.Length > _maxPayload)
        {
            nal.CopyTo(destination);
            return nal.Length;
        }

        return WriteAggregate(destination, nal);
    }

    private int WriteAggregate(Span<byte> destination, ReadOnlySpan<byte> nal)
    {
        var importance = nal[0] & 0x60;
        var forbidden = nal[0] & 0x80;
        var position = Append(destination, 1, nal);
        while (!_next.IsEmpty && position + 2 + _next.Length <= _maxPayload)
        {
            // Section 5.7: F is the OR and NRI the maximum of what is inside.
            importance = Math.Max(importance, _next[0] & 0x60);
            forbidden |= _next[0] & 0x80;
            position = Append(destination, position, _next);
            _reader.TryRead(out _next);
        }

        destination[0] = (byte)(forbidden | importance | H264Nal.StapA);
        return position;
    }

    private static int Append(Span<byte> destination, int position, ReadOnlySpan<byte> nal)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[position..], (ushort)nal.Length);
        nal.CopyTo(destination[(position + 2)..]);
        return position + 2 + nal.Length;
    }

    private int WriteFragment(Span<byte> destination)
    {
        var size = PacketSplit.Next(_fragment.Length, _maxPayload - 2);
        destination[0] = (byte)(_fragmentHeader & 0xE0 | H264Nal.FuA);
        destination[1] = (byte)(_fragmentHeader & H264Nal.TypeMask
            | (_fragmentBegun ? 0 : H264Nal.FuStart)
            | (size == _fragment.Length ? H264Nal.FuEnd : 0));
        _fragment[..size].CopyTo(destination[2..]);
        _fragment = _fragment[size..];
        _fragmentBegun = true;
        return 2 + size;
    }
}
