using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtp;

/// <summary>
/// Writes an RTP header with its extensions. The one-byte form is used unless an id or a value does not fit it
/// (RFC 8285, section 4.3).
/// </summary>
internal ref struct RtpHeaderWriter
{
    private const int ExtensionsStart = RtpPacket.FixedHeaderSize + 4;

    private readonly Span<byte> _buffer;
    private readonly bool _oneByte;
    private int _position;

    public RtpHeaderWriter(
        Span<byte> buffer, bool marker, byte payloadType, ushort sequenceNumber, uint timestamp, uint ssrc,
        bool oneByteExtensions = true)
    {
        _buffer = buffer;
        _oneByte = oneByteExtensions;
        _position = ExtensionsStart;
        buffer[0] = 0x80;
        buffer[1] = (byte)((marker ? 0x80 : 0) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], ssrc);
    }

    /// <summary>Whether an element fits the one-byte form.</summary>
    public static bool FitsOneByteForm(byte id, int length) => id is > 0 and < 15 && length is > 0 and <= 16;

    public void Add(byte id, scoped ReadOnlySpan<byte> value)
    {
        if (_oneByte)
        {
            _buffer[_position++] = (byte)(id << 4 | (value.Length - 1));
        }
        else
        {
            _buffer[_position++] = id;
            _buffer[_position++] = (byte)value.Length;
        }

        value.CopyTo(_buffer[_position..]);
        _position += value.Length;
    }

    public void AddUInt16(byte id, ushort value) => Add(id, [(byte)(value >> 8), (byte)value]);

    public void AddUInt24(byte id, uint value) => Add(id, [(byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    /// <summary>Closes the header and gives its size.</summary>
    public int Finish()
    {
        if (_position == ExtensionsStart)
            return RtpPacket.FixedHeaderSize;
        while (_position % 4 != 0)
            _buffer[_position++] = 0;
        _buffer[0] |= 0x10;
        BinaryPrimitives.WriteUInt16BigEndian(
            _buffer[12..], _oneByte ? HeaderExtensionReader.OneByteProfile : HeaderExtensionReader.TwoByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[14..], (ushort)((_position - ExtensionsStart) / 4));
        return _position;
    }
}
