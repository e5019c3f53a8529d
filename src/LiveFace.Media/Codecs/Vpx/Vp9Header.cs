using System.Buffers.Binary;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>
/// The uncompressed header of VP9 frames (bitstream specification, section 6.2), as far as the size, and the index that
/// puts several frames into one (Annex B).
/// </summary>
internal static class Vp9Header
{
    private const int FrameMarker = 2;
    private const uint SyncCode = 0x498342;
    private const uint Rgb = 7;
    private const int References = 3;
    private const byte IndexMark = 0xC0;

    /// <summary>Bytes of the index that <see cref="AddIndexOfOne"/> appends.</summary>
    public const int IndexOfOneBytes = 2 + sizeof(uint);

    /// <summary>Whether an index at the end says where each frame inside begins and ends.</summary>
    public static bool HasIndex(ReadOnlySpan<byte> data) => IndexBytes(data) != 0;

    /// <summary>
    /// Writes the index of a single frame behind it. Without one libvpx goes on with whatever follows the frame, as
    /// frames of any size whose headers nobody has read; with it, there is no second frame.
    /// </summary>
    public static void AddIndexOfOne(Span<byte> index, int frameBytes)
    {
        const byte mark = IndexMark | (sizeof(uint) - 1) << 3;
        index[0] = index[IndexOfOneBytes - 1] = mark;
        BinaryPrimitives.WriteUInt32LittleEndian(index[1..], (uint)frameBytes);
    }

    /// <summary>Reads every frame inside; the size is the largest that any of them says.</summary>
    public static StreamHeader ReadAll(ReadOnlySpan<byte> data)
    {
        var indexBytes = IndexBytes(data);
        if (indexBytes == 0)
            return Read(data);

        var last = data[^1];
        var frames = (last & 7) + 1;
        var sizeBytes = ((last >> 3) & 3) + 1;

        var sizes = data[^(indexBytes - 1)..^1];
        var all = StreamHeader.Invalid;
        var rest = data[..^indexBytes];
        for (var i = 0; i < frames; i++)
        {
            var size = 0L;
            for (var b = sizeBytes - 1; b >= 0; b--)
                size = size << 8 | sizes[i * sizeBytes + b];
            if (size > rest.Length)
                return StreamHeader.Invalid;
            if (size == 0)
                continue;
            var one = Read(rest[..(int)size]);
            if (!one.IsValid)
                return StreamHeader.Invalid;
            all = all.IsValid
                ? new StreamHeader(true, all.IsKeyFrame, Math.Max(all.Width, one.Width), Math.Max(all.Height, one.Height))
                : one;
            rest = rest[(int)size..];
        }

        return all;
    }

    /// <summary>Reads one frame.</summary>
    public static StreamHeader Read(ReadOnlySpan<byte> frame)
    {
        var bits = new BitReader(frame);
        if (bits.Bits(2) != FrameMarker)
            return StreamHeader.Invalid;
        // Only profile 0 has eight bits and 4:2:0.
        if (bits.Bits(2) != 0)
            return StreamHeader.Invalid;
        if (bits.Flag())
            return bits.IsPastEnd ? StreamHeader.Invalid : StreamHeader.Delta;

        var isKeyFrame = !bits.Flag();
        var showFrame = bits.Flag();
        var errorResilient = bits.Flag();
        var header = isKeyFrame ? ReadKeyFrame(ref bits) : ReadOther(ref bits, showFrame, errorResilient);
        return bits.IsPastEnd ? StreamHeader.Invalid : header;
    }

    private static int IndexBytes(ReadOnlySpan<byte> data)
    {
        var last = data[^1];
        if ((last & 0xE0) != IndexMark)
            return 0;
        var bytes = 2 + (((last >> 3) & 3) + 1) * ((last & 7) + 1);
        return data.Length >= bytes && data[^bytes] == last ? bytes : 0;
    }

    private static StreamHeader ReadKeyFrame(ref BitReader bits)
    {
        if (bits.Bits(24) != SyncCode || bits.Bits(3) == Rgb)
            return StreamHeader.Invalid;
        bits.Bit();
        return ReadSize(ref bits, isKeyFrame: true);
    }

    private static StreamHeader ReadOther(ref BitReader bits, bool showFrame, bool errorResilient)
    {
        var intraOnly = !showFrame && bits.Flag();
        if (!errorResilient)
            bits.Bits(2);
        if (intraOnly)
        {
            if (bits.Bits(24) != SyncCode)
                return StreamHeader.Invalid;
            bits.Bits(8);
            return ReadSize(ref bits, isKeyFrame: false);
        }

        bits.Bits(8);
        for (var i = 0; i < References; i++)
            bits.Bits(4);
        for (var i = 0; i < References; i++)
        {
            // The size of a reference, which was looked at when that came.
            if (bits.Flag())
                return StreamHeader.Delta;
        }

        return ReadSize(ref bits, isKeyFrame: false);
    }

    private static StreamHeader ReadSize(ref BitReader bits, bool isKeyFrame) =>
        new(true, isKeyFrame, (int)bits.Bits(16) + 1, (int)bits.Bits(16) + 1);
}
