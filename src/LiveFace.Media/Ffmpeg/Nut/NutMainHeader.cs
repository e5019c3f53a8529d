namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>The main header: time bases, and what each of the 256 frame codes stands for.</summary>
internal sealed class NutMainHeader
{
    private const int MaximumStreams = 16;
    private const int MaximumReserved = 64;

    private NutMainHeader(NutTimeBase[] timeBases, NutFrameCode[] codes)
    {
        TimeBases = timeBases;
        Codes = codes;
    }

    public NutTimeBase[] TimeBases { get; }

    public NutFrameCode[] Codes { get; }

    public static NutMainHeader Parse(ReadOnlySpan<byte> packet)
    {
        var field = new NutField(packet);
        var version = field.Count(4);
        if (version > 3)
            field.Number();
        field.Count(MaximumStreams);
        field.Number();
        var bases = new NutTimeBase[field.Count(MaximumStreams)];
        if (bases.Length == 0)
            throw new InvalidDataException("A NUT stream has no time base.");
        for (var i = 0; i < bases.Length; i++)
            bases[i] = NutTimeBase.Of(field.Number(), field.Number());
        var codes = ParseCodes(ref field);

        // Beginnings that frames may leave out: read past, so that a header that is cut off is found.
        for (var left = field.Count(127); left > 0; left--)
            field.Bytes(255);
        return new NutMainHeader(bases, codes);
    }

    private static NutFrameCode[] ParseCodes(ref NutField field)
    {
        var codes = new NutFrameCode[256];
        int time = 0, factor = 1, stream = 0, header = 0;
        for (var i = 0; i < codes.Length;)
        {
            var flags = (NutFlags)field.Count(int.MaxValue);
            var fields = field.Count(MaximumReserved);
            int rest = 0, reserved = 0;
            if (fields > 0)
                time = (int)field.Signed();
            if (fields > 1)
                factor = field.Count(1 << 24);
            if (fields > 2)
                stream = field.Count(MaximumStreams);
            if (fields > 3)
                rest = field.Count(1 << 24);
            if (fields > 4)
                reserved = field.Count(MaximumReserved);
            var count = fields > 5 ? field.Count(256) : factor - rest;
            if (fields > 6)
                field.Signed();
            if (fields > 7)
                header = field.Count(127);
            for (var other = 8; other < fields; other++)
                field.Number();
            if (count <= 0)
                throw new InvalidDataException("A NUT frame code stands for nothing.");
            for (var j = 0; j < count && i < codes.Length; i++)
            {
                codes[i] = i == NutCodes.StartCodeByte
                    ? new NutFrameCode(NutFlags.Invalid, 0, 0, 0, 0, 0, 0)
                    : new NutFrameCode(flags, stream, factor, rest + j++, time, reserved, header);
            }
        }

        return codes;
    }
}
