namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>
/// Half a megabit a second towards the receiver, read once a frame, in simulated time. A real relay on a busy machine
/// stands still now and then as well, which no estimator can tell from a path that has become narrower.
/// </summary>
public sealed class CappedPathTests
{
    private const long Cap = 500_000;
    private const int Frames = 300;

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    public void In_the_second_half_of_300_frames_the_target_is_under_the_cap_and_no_queue_stands(int stall)
    {
        var call = Start(stall);
        var (targets, queues) = Read(call);
        ShouldHaveSettled(targets[(Frames / 2)..], queues[(Frames / 2)..]);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(300)]
    [InlineData(500)]
    public void A_path_that_stood_still_for_long_is_used_again_once_it_runs(int stall)
    {
        var call = Start(stall);
        var (targets, _) = Read(call);
        var during = Median(targets[(Frames / 2)..]);

        SetStall(call, 0);
        Read(call);
        var (after, queues) = Read(call);
        during.ShouldBeLessThan(Median(after[(Frames / 2)..]) * 3 / 4, "stalls are taken for a narrow path");
        ShouldHaveSettled(after[(Frames / 2)..], queues[(Frames / 2)..]);
    }

    private static void ShouldHaveSettled(List<long> targets, List<double> queues)
    {
        Median(targets).ShouldBeInRange(Cap / 3, Cap);
        queues.Order().ElementAt(queues.Count * 95 / 100).ShouldBeLessThan(150);
    }

    private static SimulatedCall Start(int stall)
    {
        var call = new SimulatedCall(3) { EncoderMax = 2_500_000 };
        call.SetBoth(c => c.Delay = TimeSpan.FromMilliseconds(25));
        call.Forward.Conditions.Bandwidth = Cap;
        SetStall(call, stall);
        call.Start();
        return call;
    }

    private static void SetStall(SimulatedCall call, int milliseconds) =>
        call.SetBoth(c => c.Stall = TimeSpan.FromMilliseconds(milliseconds));

    private static (List<long> Targets, List<double> Queues) Read(SimulatedCall call)
    {
        var (targets, queues) = (new List<long>(), new List<double>());
        var end = call.FramesSent + Frames;
        for (var frames = call.FramesSent; frames < end;)
        {
            call.Run(TimeSpan.FromMilliseconds(5));
            if (call.FramesSent == frames)
                continue;
            frames = call.FramesSent;
            targets.Add(call.Left.Session.TargetBitrate);
            queues.Add(call.Forward.QueueDelay.TotalMilliseconds);
        }

        return (targets, queues);
    }

    private static T Median<T>(List<T> values) => values.Order().ElementAt(values.Count / 2);
}
