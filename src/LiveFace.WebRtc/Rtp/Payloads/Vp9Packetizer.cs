using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtp.Payloads;

/// <summary>
/// Cuts a VP9 picture of one spatial layer into RTP payloads (RFC 9628, section 4): not flexible, with a 15-bit
/// picture id, and with the picture's size on key frames.
/// </summary>
internal ref struct Vp9Packetizer
{
    private const int DescriptorSize = 3;
    private const int StructureSize = 5;

    private readonly ushort _pictureId;
    private readonly int _maxPayload;
    private readonly bool _inter;
    private readonly ushort _width;
    private readonly ushort _height;
    private readonly bool _hasSize;
    private ReadOnlySpan<byte> _rest;
    private bool _begun;

    public Vp9Packetizer(ReadOnlySpan<byte> frame, bool isKeyFrame, ushort pictureId, int maxPayload)
    {
        _rest = frame;
        _inter = !isKeyFrame;
        _pictureId = pictureId;
        _maxPayload = maxPayload;
        _hasSize = isKeyFrame && Vp9FrameHeader.TryReadKeyFrameSize(frame, out _width, out _height);
    }

    /// <summary>Writes the next payload and gives its size; 0 at the end.</summary>
    public int WriteNext(Span<byte> destination, out bool last)
    {
        last = false;
        if (_rest.IsEmpty)
            return 0;
        var withStructure = _hasSize && !_begun;
        var head = DescriptorSize + (withStructure ? StructureSize : 0);
        var size = PacketSplit.Next(_rest.Length, _maxPayload - DescriptorSize - (_hasSize ? StructureSize : 0));
        last = size == _rest.Length;

        destination[0] = (byte)(0x80 // I
            | (_inter ? 0x40 : 0) // P
            | (_begun ? 0 : 0x08) // B
            | (last ? 0x04 : 0) // E
            | (withStructure ? 0x02 : 0) // V
            | 0x01); // Z: no higher spatial layer stands on this one
        destination[1] = (byte)(0x80 | (_pictureId >> 8 & 0x7F));
        destination[2] = (byte)_pictureId;
        if (withStructure)
        {
            destination[3] = 0x10; // one spatial layer, its size follows, no picture group
            BinaryPrimitives.WriteUInt16BigEndian(destination[4..], _width);
            BinaryPrimitives.WriteUInt16BigEndian(destination[6..], _height);
        }

        _rest[..size].CopyTo(destination[head..]);
        _rest = _rest[size..];
        _begun = true;
        return head + size;
    }
}
