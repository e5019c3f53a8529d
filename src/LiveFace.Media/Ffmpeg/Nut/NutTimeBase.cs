namespace LiveFace.Media.Ffmpeg.Nut;

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
