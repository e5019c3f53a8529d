namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>The main header: time bases, and what each of the 256 frame codes stands for.</summary>
internal sealed class NutMainHeader
{
    private const int MaximumStreams = 16;
    private const int MaximumReserved = 64;

    private NutMainHeader(NutTimeBase[] timeBases, NutFrameCode[] codes, byte[][] elided)
    {
        TimeBases = timeBases;
        Codes = codes;
        Elided = elided;
    }

    public NutTimeBase[] TimeBases { get; }

    public NutFrameCode[] Codes { get; }

    /// <summary>Beginnings that frames leave out.</summary>
    public byte[][] Elided { get; }

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
        var elided = new byte[field.Count(127) + 1][];
        elided[0] = [];
        for (var i = 1; i < elided.Length; i++)
            elided[i] = field.Bytes(255).ToArray();
        return new NutMainHeader(bases, codes, elided);
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

/// <summary>The header of the one stream: size and time base.</summary>
internal sealed record NutVideoHeader(int TimeBase, int MsbTimeShift, int Width, int Height)
{
    private const int ClassVideo = 0;
    private const int MaximumSide = 65535;

    public static NutVideoHeader Parse(ReadOnlySpan<byte> packet)
    {
        var field = new NutField(packet);
        if (field.Number() != 0 || field.Number() != ClassVideo)
            throw new InvalidDataException("A NUT stream of one video track was expected.");
        field.Bytes(8);
        var timeBase = field.Count(15);
        var shift = field.Count(16);
        field.Number();
        field.Number();
        field.Number();
        field.Bytes(1 << 16);
        return new NutVideoHeader(timeBase, shift, field.Count(MaximumSide), field.Count(MaximumSide));
    }
}

/// <summary>Seconds for each tick, as a fraction.</summary>
internal readonly record struct NutTimeBase(long Numerator, long Denominator)
{
    public static NutTimeBase Of(long numerator, long denominator) =>
        numerator is > 0 and < int.MaxValue && denominator is > 0 and < int.MaxValue
            ? new NutTimeBase(numerator, denominator)
            : throw new InvalidDataException($"A NUT time base of {numerator}/{denominator} makes no sense.");

    public TimeSpan ToTime(long ticks) =>
        TimeSpan.FromTicks((long)((Int128)ticks * Numerator * TimeSpan.TicksPerSecond / Denominator));

    /// <summary>A time of another base in this one, rounded down.</summary>
    public long From(long ticks, NutTimeBase other)
    {
        var top = (Int128)ticks * other.Numerator * Denominator;
        var bottom = (Int128)other.Denominator * Numerator;
        var quotient = top / bottom;
        return (long)(top % bottom < 0 ? quotient - 1 : quotient);
    }
}
