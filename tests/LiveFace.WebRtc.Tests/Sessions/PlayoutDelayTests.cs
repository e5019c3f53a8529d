namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Pictures held back while packets are lost (the playout-delay extension).</summary>
public sealed class PlayoutDelayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Frames_held_back_for_as_long_as_is_asked_are_shown_evenly_through_loss(int seed)
    {
        var call = new SimulatedCall(seed);
        var asked = TimeSpan.Zero;
        var changes = new List<TimeSpan>();
        call.Left.Sniff = (packet, rtcp) =>
        {
            if (rtcp || SessionOwner.PlayoutDelay(packet) is not { } delay)
                return;
            delay.Least.ShouldBe(delay.Most);
            if (delay.Least != asked)
                changes.Add(asked = delay.Least);
        };
        call.SetBoth(c => c.Delay = Ms(25));
        call.Start();
        call.Run(TimeSpan.FromSeconds(10));
        changes.ShouldBeEmpty("nothing is held back where nothing is lost");

        call.SetBoth(c => c.Loss = 0.05);
        call.Run(TimeSpan.FromSeconds(5));
        var (seen, before) = (call.Right.Frames.Count, call.FramesSent);
        call.Run(TimeSpan.FromSeconds(30));
        var inTime = call.Right.Frames.Skip(seen).Count(f => f.At - SimulatedTime.CaptureOf(f.Number) <= Ms(25) + asked);
        ((double)inTime / (call.FramesSent - before)).ShouldBeGreaterThan(0.95);
        asked.ShouldBeInRange(Ms(60), Ms(250));
        changes.Count.ShouldBeLessThan(15);

        call.SetBoth(c => c.Loss = 0);
        call.Run(TimeSpan.FromSeconds(8));
        asked.ShouldBe(TimeSpan.Zero);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
