using System.Diagnostics;
using LiveFace.Rooms;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>What a relay does when an end of it is not what it should be: a stranger, gone, slow, or of yesterday.</summary>
public sealed class RelayFaultTests
{
    [Fact]
    public async Task A_node_with_another_secret_gets_nothing()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var stranger = new ViewerNode(owner, secret: "another secret of thirty-two chars");
        var viewer = new SimulatedViewer();
        stranger.Join(viewer);
        await Eventually.IsAsync(() => stranger.Meter.Opened >= 3);
        await owner.ShowAsync(5);
        owner.Feeds.ShouldBeEmpty();
        viewer.Pictures.ShouldBe(0);
    }

    [Fact]
    public async Task An_owner_with_another_secret_is_not_believed()
    {
        await using var impostor = await OwnerNode.StartAsync(secret: "another secret of thirty-two chars");
        await using var other = new ViewerNode(impostor);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await Eventually.IsAsync(() => other.Meter.Opened >= 3);
        await impostor.ShowAsync(5);
        other.Meter.Pictures.ShouldBe(0);
        viewer.Pictures.ShouldBe(0);
    }

    [Fact]
    public async Task When_the_owner_is_killed_viewers_go_on_at_the_next_one_with_a_keyframe_and_without_a_jump()
    {
        await using var first = await OwnerNode.StartAsync(epoch: 1);
        await using var other = new ViewerNode(first);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await RelayTests.ArriveAsync(first, [viewer]);
        await first.KillAsync();
        await using var second = await OwnerNode.StartAsync(epoch: 2);
        other.Owners.Owner = second.As(2);
        var before = viewer.Pictures;
        await RelayTests.ShowUntilAsync(second, () => viewer.Pictures > before + 3);
        viewer.IsClosed.ShouldBeFalse();
        second.Tape.Prints.ShouldContain(viewer.Prints[before]);
        viewer.AreKeyFrames[before].ShouldBeTrue();
        var jump = unchecked((int)(viewer.Timestamps[before] - viewer.Timestamps[before - 1]));
        jump.ShouldBeInRange(1, 60 * 90_000);
    }

    [Fact]
    public async Task Nothing_is_taken_of_an_owner_that_was_followed_by_another()
    {
        await using var older = await OwnerNode.StartAsync(epoch: 1);
        await using var newer = await OwnerNode.StartAsync(epoch: 2);
        await using var other = new ViewerNode(newer);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await RelayTests.ArriveAsync(newer, [viewer]);

        // The store knows better, and still the older one says of itself that it owns the room.
        other.Owners.Owner = older.As(3);
        await newer.KillAsync();
        var (pictures, opened) = (viewer.Pictures, other.Meter.Opened);
        await Eventually.IsAsync(() => other.Meter.Opened >= opened + 4);
        await older.ShowAsync(5);
        viewer.Pictures.ShouldBe(pictures);
        older.Feeds.ShouldBeEmpty("the puller did not prove itself to it");
    }

    [Fact]
    public async Task An_owner_that_loses_the_room_writes_no_picture_more()
    {
        await using var owner = await OwnerNode.StartAsync(epoch: 4);
        await using var other = new ViewerNode(owner);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await RelayTests.ArriveAsync(owner, [viewer]);
        await Eventually.IsAsync(() => viewer.Prints[^1] == owner.Tape.Prints.Last());
        owner.Owners.Here = null;
        var before = viewer.Pictures;
        await owner.ShowAsync(5);
        await Eventually.IsAsync(() => owner.Meter.Streams == 0);
        viewer.Pictures.ShouldBe(before);
    }

    [Fact]
    public async Task A_paused_puller_costs_the_owner_nothing_but_a_bounded_queue_and_goes_on_with_a_keyframe()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await RelayTests.ArriveAsync(owner, [viewer]);
        await owner.ShowAsync(30);
        var usual = await TimeAsync(owner);

        using var pause = new Pause();
        viewer.OnSend = pause.Wait;
        await RelayTests.ShowUntilAsync(owner, () => owner.Meter.Drops(RelayDrop.QueueFull) > 0);
        var paused = await TimeAsync(owner);
        owner.Feeds[^1].Waiting.ShouldBeLessThanOrEqualTo(RelayLimits.MostPictures + RelayLimits.MostSounds);
        owner.Meter.Drops(RelayDrop.BeforeKeyFrame).ShouldBeGreaterThan(0);
        (paused / usual).ShouldBeLessThan(1.5, "nobody waits for the node that is behind");

        viewer.OnSend = null;
        pause.Dispose();
        var pictures = viewer.Pictures;
        var keyFrames = viewer.KeyFrames;
        await RelayTests.ShowUntilAsync(owner, () => viewer.KeyFrames > keyFrames);
        await Eventually.IsAsync(() => viewer.Prints[^1] == owner.Tape.Prints.Last());
        viewer.Pictures.ShouldBeGreaterThan(pictures);
    }

    [Fact]
    public async Task A_puller_that_is_gone_leaves_nothing_behind_at_the_owner()
    {
        await using var owner = await OwnerNode.StartAsync();
        var other = new ViewerNode(owner);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await RelayTests.ArriveAsync(owner, [viewer]);
        owner.Open.State.Viewers.ShouldBe(1);
        await other.DisposeAsync();
        await Eventually.IsAsync(() => owner.Meter.Streams == 0 && owner.Open.State.Viewers == 0);
        var encoded = owner.Open.Pipeline.Meter.Encoded;
        await owner.ShowAsync(3);
        owner.Open.Pipeline.Meter.Encoded.ShouldBe(encoded, "nobody watches");
    }

    [Fact]
    public async Task Who_wants_to_watch_a_room_that_nobody_has_is_told_so()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        other.Owners.Owner = null;
        var viewer = new SimulatedViewer();
        var refused = await Should.ThrowAsync<RoomRefusedException>(other.Join(viewer).FirstOpened);
        refused.Reason.ShouldBe(RoomRefusal.RoomEmpty);
        viewer.IsClosed.ShouldBeTrue();
    }

    /// <summary>Holds whoever comes by until it is over, however the test ends.</summary>
    private sealed class Pause : IDisposable
    {
        private readonly ManualResetEventSlim _over = new();

        public void Wait() => _over.Wait(TestContext.Current.CancellationToken);

        public void Dispose() => _over.Set();
    }

    private static async Task<double> TimeAsync(OwnerNode owner)
    {
        var began = Stopwatch.GetTimestamp();
        await owner.ShowAsync(60);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
