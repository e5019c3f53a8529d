namespace LiveFace.Redaction.Tests.Looks;

/// <summary>Time that passes only by work.</summary>
internal sealed class WorkClock : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Work(TimeSpan time) => _ticks += time.Ticks;
}
