namespace LiveFace.WebRtc.Rtp;

/// <summary>A wall-clock time as RTCP writes it: seconds since 1900 in 32.32 fixed point (RFC 3550, section 4).</summary>
internal readonly record struct NtpTime(ulong Value)
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The middle 32 bits: 16.16 seconds, as LSR and round trips use them.</summary>
    public uint Compact => (uint)(Value >> 16);

    public static NtpTime From(DateTimeOffset clockOrigin, TimeSpan now)
    {
        var ticks = (clockOrigin - Epoch + now).Ticks;
        var seconds = (ulong)(ticks / TimeSpan.TicksPerSecond);
        var fraction = (ulong)(ticks % TimeSpan.TicksPerSecond);
        return new NtpTime(seconds << 32 | (fraction << 32) / TimeSpan.TicksPerSecond);
    }

    /// <summary>The time as ticks since 1900; any 64 bits that a peer sends fit.</summary>
    public long Ticks =>
        (long)(Value >> 32) * TimeSpan.TicksPerSecond
        + (long)((Value & 0xFFFF_FFFF) * TimeSpan.TicksPerSecond >> 32);

    /// <summary>Reads a 16.16 duration.</summary>
    public static TimeSpan FromCompact(uint value) => new((long)value * TimeSpan.TicksPerSecond >> 16);

    /// <summary>Writes a duration as 16.16, held to what fits.</summary>
    public static uint ToCompact(TimeSpan value) =>
        (uint)Math.Clamp(value.TotalSeconds * 65536, 0, uint.MaxValue);
}
