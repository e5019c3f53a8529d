namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>What an access unit holds, and the size that its sequence parameter sets say (H.264, section 7.3.2.1.1).</summary>
internal static class H264Header
{
    private const int MaximumSetBytes = 512;
    private const int Macroblock = 16;
    private const uint MaximumMacroblocks = 1024;
    private const uint SliceTypes = 5;
    private const uint Bidirectional = 1;

    /// <summary>Profiles whose sets carry the chroma format and scaling lists.</summary>
    private static ReadOnlySpan<byte> HighProfiles => [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

    /// <summary>
    /// Reads an access unit; also tells whether it has bidirectional slices, which change the order of pictures. It is
    /// invalid if it holds more than one picture: each costs a whole picture's work, and only one was announced. Layers
    /// and views are not spoken; their own sets can say another size.
    /// </summary>
    public static (StreamHeader Header, bool HasBidirectional) Read(ReadOnlySpan<byte> accessUnit)
    {
        var header = StreamHeader.Delta;
        var bidirectional = false;
        var (found, pictures) = (false, 0);
        var units = new H264Nal(accessUnit);
        while (units.Next())
        {
            found = true;
            switch (units.Type)
            {
                case H264Nal.KeySlice or H264Nal.Slice:
                    var (first, type) = ReadSlice(units.Unit);
                    pictures += first == 0 ? 1 : 0;
                    bidirectional |= units.Type == H264Nal.Slice && type % SliceTypes == Bidirectional;
                    header = header with { IsKeyFrame = header.IsKeyFrame || units.Type == H264Nal.KeySlice };
                    break;
                case H264Nal.SequenceParameterSet:
                    if (!TryReadSize(units.Unit, out var width, out var height))
                        return (StreamHeader.Invalid, false);
                    header = header with { Width = Math.Max(header.Width, width), Height = Math.Max(header.Height, height) };
                    break;
                case H264Nal.SubsetParameterSet or H264Nal.ExtensionSlice or H264Nal.DepthSlice:
                    return (StreamHeader.Invalid, false);
            }
        }

        return (found && pictures <= 1 ? header : StreamHeader.Invalid, bidirectional);
    }

    /// <summary>first_mb_in_slice and slice_type, which counts on from 5 when all slices of a picture are alike (section 7.4.3).</summary>
    private static (uint FirstMacroblock, uint Type) ReadSlice(ReadOnlySpan<byte> unit)
    {
        var bits = new BitReader(unit[1..]);
        return (bits.ExpGolomb(), bits.ExpGolomb());
    }

    /// <summary>The coded size of a sequence parameter set; false for sets that are broken or can not be decoded here.</summary>
    public static bool TryReadSize(ReadOnlySpan<byte> unit, out int width, out int height)
    {
        Span<byte> set = stackalloc byte[MaximumSetBytes];
        var bits = new BitReader(Unescape(unit[1..], set));
        (width, height) = (0, 0);
        var profile = (byte)bits.Bits(8);
        bits.Bits(16);
        bits.ExpGolomb();
        if (HighProfiles.Contains(profile) && !SkipHighProfile(ref bits))
            return false;

        bits.ExpGolomb();
        SkipPictureOrder(ref bits);
        bits.ExpGolomb();
        bits.Bit();
        var across = bits.ExpGolomb();
        var down = bits.ExpGolomb();
        var framesOnly = bits.Flag();
        if (bits.IsPastEnd || across >= MaximumMacroblocks || down >= MaximumMacroblocks)
            return false;
        width = ((int)across + 1) * Macroblock;
        height = ((int)down + 1) * Macroblock * (framesOnly ? 1 : 2);
        return true;
    }

    private static bool SkipHighProfile(ref BitReader bits)
    {
        const uint yuv420 = 1;
        if (bits.ExpGolomb() != yuv420 || bits.ExpGolomb() != 0 || bits.ExpGolomb() != 0)
            return false;
        bits.Bit();
        if (!bits.Flag())
            return true;
        for (var list = 0; list < 8; list++)
        {
            if (bits.Flag())
                SkipScalingList(ref bits, list < 6 ? 16 : 64);
        }

        return true;
    }

    private static void SkipScalingList(ref BitReader bits, int size)
    {
        int last = 8, next = 8;
        for (var i = 0; i < size && next != 0; i++)
        {
            next = (last + bits.SignedExpGolomb() + 256) & 255;
            last = next == 0 ? last : next;
        }
    }

    private static void SkipPictureOrder(ref BitReader bits)
    {
        var type = bits.ExpGolomb();
        if (type == 0)
        {
            bits.ExpGolomb();
            return;
        }

        if (type != 1)
            return;
        bits.Bit();
        bits.SignedExpGolomb();
        bits.SignedExpGolomb();
        var count = Math.Min(bits.ExpGolomb(), 255);
        for (var i = 0; i < count; i++)
            bits.SignedExpGolomb();
    }

    /// <summary>Takes out the bytes that keep start codes from appearing in the data (section 7.4.1.1).</summary>
    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> data, Span<byte> to)
    {
        int length = 0, zeros = 0;
        foreach (var value in data)
        {
            if (length == to.Length)
                break;
            if (zeros >= 2 && value == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = value == 0 ? zeros + 1 : 0;
            to[length++] = value;
        }

        return to[..length];
    }
}
