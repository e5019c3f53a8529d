namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>The clock of a simulated call: when each picture is captured.</summary>
internal static class SimulatedTime
{
    public static TimeSpan CaptureOf(int number)
    {
        var at = TimeSpan.Zero;
        for (var i = 0; i < number; i++)
            at += TimeSpan.FromSeconds(1.0 / 30);
        return at;
    }
}
