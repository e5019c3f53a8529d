using System.Buffers.Binary;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>The uncompressed data chunk at the start of a VP8 frame (RFC 6386, section 9.1).</summary>
internal static class Vp8Header
{
    private const int TagBytes = 3;
    private const int KeyFrameBytes = 10;

    public static StreamHeader Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < TagBytes)
            return StreamHeader.Invalid;

        var tag = frame[0] | frame[1] << 8 | frame[2] << 16;
        if ((tag & 1) != 0)
            return StreamHeader.Delta;
        if (frame.Length < KeyFrameBytes || frame[3] != 0x9D || frame[4] != 0x01 || frame[5] != 0x2A)
            return StreamHeader.Invalid;

        // The upper two bits of each are a scale for the display, which decoders leave alone.
        var width = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF;
        return width == 0 || height == 0 ? StreamHeader.Invalid : new StreamHeader(true, true, width, height);
    }
}
