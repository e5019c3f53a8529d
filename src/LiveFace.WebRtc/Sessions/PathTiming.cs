namespace LiveFace.WebRtc.Sessions;

/// <summary>
/// The round trip to the peer: from its reports where we send, else from how long a NACK takes to be answered.
/// </summary>
internal sealed class PathTiming
{
    private static readonly TimeSpan Guess = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(2);

    private TimeSpan? _measured;

    /// <summary>The last one that was reported.</summary>
    public TimeSpan? Reported { get; private set; }

    /// <summary>The best that is known, smoothed.</summary>
    public TimeSpan RoundTrip { get; private set; } = Guess;

    public void OnReported(TimeSpan roundTrip)
    {
        RoundTrip = Clamp(Reported is null ? roundTrip : RoundTrip * 0.75 + roundTrip * 0.25);
        Reported = roundTrip;
    }

    public void OnMeasured(TimeSpan roundTrip)
    {
        if (Reported is not null || roundTrip == _measured)
            return;
        RoundTrip = Clamp(_measured is null ? roundTrip : RoundTrip * 0.75 + roundTrip * 0.25);
        _measured = roundTrip;
    }

    private static TimeSpan Clamp(TimeSpan value) => value > Max ? Max : value;
}
