using System.Buffers.Binary;

namespace LiveFace.WebRtc.Transport;

/// <summary>
/// Cuts a TCP stream into packets: two bytes of length before each (RFC 4571 2). Bytes go in at the end of
/// <see cref="Free"/>, packets come out in order.
/// </summary>
internal sealed class StreamFraming
{
    const int Prefix = 2;

    /// <summary>WebRTC packets fit a datagram; a longer one is an attack or another protocol.</summary>
    public const int MaximumPacket = 4096;

    readonly byte[] _buffer = new byte[4 * (MaximumPacket + Prefix)];
    int _start;
    int _end;

    /// <summary>Where the next bytes are to be received.</summary>
    public Memory<byte> Free
    {
        get
        {
            // What is left of a packet moves to the front; it is less than one packet.
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>The stream is not what it should be: it must be closed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Says how many bytes were put into <see cref="Free"/>.</summary>
    public void Received(int count) => _end += count;

    /// <summary>The next whole packet; it stands until bytes are received again.</summary>
    public bool TryTake(out Span<byte> packet)
    {
        packet = default;
        if (IsBroken || _end - _start < Prefix)
            return false;

        var length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
        if (length is 0 or > MaximumPacket)
        {
            IsBroken = true;
            return false;
        }

        if (_end - _start < Prefix + length)
            return false;

        packet = _buffer.AsSpan(_start + Prefix, length);
        _start += Prefix + length;
        return true;
    }
}
