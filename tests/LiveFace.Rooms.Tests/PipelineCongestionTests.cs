using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms.Tests;

/// <summary>Pictures that pile up, and rooms that hang.</summary>
public sealed class PipelineCongestionTests
{
    private static EncodedClip Clip => EncodedClips.Small;

    [Fact]
    public async Task Pictures_that_pile_up_are_replaced_by_the_newest_and_counted()
    {
        using var rig = await PipelineRig.StartAsync();
        var origin = (await rig.PassAsync(Clip, 0)).Timestamp;
        using var hold = new SemaphoreSlim(0);
        using var held = new SemaphoreSlim(0);
        rig.Watcher.OnSend = () =>
        {
            held.Release();
            hold.Wait(TestContext.Current.CancellationToken);
        };
        rig.Send(Clip, 1);
        await held.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 2; i <= 7; i++)
            rig.Send(Clip, i);
        rig.Watcher.OnSend = null;
        hold.Release();
        unchecked((await rig.Watcher.NextAsync()).Timestamp - origin).ShouldBe(1 * PipelineRig.TicksPerFrame);
        unchecked((await rig.Watcher.NextAsync()).Timestamp - origin).ShouldBe(7 * PipelineRig.TicksPerFrame);
        rig.Pipeline.Meter.Drops(PipelineDrop.Superseded).ShouldBe(5);
    }

    [Fact]
    public async Task A_room_that_hangs_does_not_slow_another()
    {
        using var hanging = await PipelineRig.StartAsync();
        using var other = await PipelineRig.StartAsync();
        using var hold = new SemaphoreSlim(0);
        hanging.Watcher.OnSend = () => hold.Wait(TestContext.Current.CancellationToken);
        hanging.Send(Clip, 0);
        for (var i = 1; i < 40; i++)
            hanging.Send(Clip, i);
        for (var i = 0; i < 30; i++)
            await other.PassAsync(Clip, i);
        hanging.Pipeline.Meter.Drops(PipelineDrop.DecodeQueueFull).ShouldBeGreaterThan(0);
        hanging.Pipeline.Meter.Drops(PipelineDrop.WaitingForKeyFrame).ShouldBeGreaterThan(0);
        hanging.Watcher.OnSend = null;
        hold.Release();
    }

    [Fact]
    public async Task The_frame_path_allocates_nothing()
    {
        using var rig = await PipelineRig.StartAsync();
        var quiet = new QuietOutlet(Clip.Count - 41);
        rig.Pipeline.SetOutlets([quiet]);
        for (var i = 0; i < Clip.Count; i++)
        {
            rig.Send(Clip, i);
            var sent = i + 1;
            await Eventually.IsAsync(() => quiet.Sent >= sent);
        }

        // The last forty frames, on the room's own thread, from one send to the next.
        quiet.Sent.ShouldBeGreaterThanOrEqualTo(Clip.Count);
        quiet.Allocated.ShouldBe(0);
    }
}
