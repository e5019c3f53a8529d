using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
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
    public async Task A_node_that_becomes_the_owner_serves_its_viewers_itself_and_pulls_nothing_from_itself()
    {
        await using var first = await OwnerNode.StartAsync(epoch: 1);
        await using var second = await OwnerNode.StartAsync(epoch: 2);
        await using var other = new ViewerNode(first, becomes: second);
        SimulatedViewer[] viewers = [new(), new() { Codec = Media.Codecs.VideoCodec.H264 }];
        var rooms = viewers.Select(other.Join).ToArray();
        await RelayTests.ArriveAsync(first, viewers);
        await first.KillAsync();
        other.Owners.Owner = second.As(2) with { Node = other.Owners.Node };
        var before = viewers.Select(viewer => viewer.Pictures).ToArray();
        await RelayTests.ShowUntilAsync(second, () => viewers.Zip(before).All(pair => pair.First.Pictures > pair.Second + 3));
        for (var i = 0; i < viewers.Length; i++)
        {
            viewers[i].IsClosed.ShouldBeFalse();
            second.Tape.Prints.ShouldContain(viewers[i].Prints[before[i]]);
            viewers[i].AreKeyFrames[before[i]].ShouldBeTrue();
            unchecked((int)(viewers[i].Timestamps[before[i]] - viewers[i].Timestamps[before[i] - 1])).ShouldBeInRange(1, 60 * 90_000);
        }

        (second.Meter.Opened, other.Meter.Streams, other.Connections).ShouldBe((0, 0, 0));
        second.Open.State.Viewers.ShouldBe(2);

        // Their wishes and their bitrate get to the encoder, and the sound to them.
        var keyFrames = viewers[0].KeyFrames;
        rooms[0].WishKeyFrame(Media.Codecs.VideoCodec.Vp8);
        viewers[0].TargetBitrate = viewers[1].TargetBitrate = 300_000;
        await RelayTests.ShowUntilAsync(second, () => viewers[0].KeyFrames > keyFrames && second.Tape.BitsPerSecond == 300_000);
        second.Hear([7]);
        await Eventually.IsAsync(() => viewers.All(viewer => viewer.Heard.Count == 1));

        rooms[0].Leave(viewers[0]);
        rooms[1].Leave(viewers[1]);
        await Eventually.IsAsync(() => second.Open.State.Viewers == 0);
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public async Task When_nothing_comes_any_more_viewers_get_a_card_of_the_pictures_size_until_something_does(VideoCodec codec)
    {
        await using var first = await OwnerNode.StartAsync(epoch: 1);
        await using var other = new ViewerNode(first);
        var viewer = new SimulatedViewer { Codec = codec, Keeps = true };
        other.Join(viewer);
        await RelayTests.ArriveAsync(first, [viewer]);
        await first.KillAsync();
        var before = viewer.Pictures;
        await Eventually.IsAsync(() => viewer.Pictures >= before + 2);
        viewer.AreKeyFrames[^2..].ShouldAllBe(isKeyFrame => isKeyFrame);
        Enumerable.Range(before, 2).ShouldAllBe(i => unchecked((int)(viewer.Timestamps[i] - viewer.Timestamps[i - 1])) > 0);
        IsCard(codec, viewer.Newest).ShouldBeTrue();

        await using var second = await OwnerNode.StartAsync(epoch: 2);
        other.Owners.Owner = second.As(2);
        await RelayTests.ShowUntilAsync(second, () => second.Tape.Prints.Contains(viewer.Prints[^1]));
        var first2 = Array.FindIndex(viewer.Prints, second.Tape.Prints.Contains);
        viewer.AreKeyFrames[first2].ShouldBeTrue("what stands on a card shows nothing");
        unchecked((int)(viewer.Timestamps[first2] - viewer.Timestamps[first2 - 1])).ShouldBeGreaterThan(0);
        await second.ShowAsync(10);
        await Eventually.IsAsync(() => viewer.Prints[^1] == second.Tape.Prints.Last());
        viewer.Prints[first2..].ShouldBe(second.Tape.Prints.ToArray()[^viewer.Prints[first2..].Length..]);
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
    public async Task A_way_to_the_other_node_that_takes_less_has_the_owner_encode_for_less()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        var viewer = new SimulatedViewer { TargetBitrate = 800_000 };
        other.Join(viewer);
        await RelayTests.ShowUntilAsync(owner, () => owner.Tape.BitsPerSecond == 800_000);

        using var pause = new Pause();
        viewer.OnSend = pause.Wait;
        await RelayTests.ShowUntilAsync(owner, () => owner.Tape.BitsPerSecond <= 400_000);
        viewer.OnSend = null;
        pause.Dispose();
        await RelayTests.ShowUntilAsync(owner, () => owner.Tape.BitsPerSecond == 800_000);
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

    /// <summary>A dark picture of the size of the one before, with a line of light text.</summary>
    private static bool IsCard(VideoCodec codec, byte[] picture)
    {
        using var pool = new FramePool();
        using var decoder = new LiveCodecs().OpenDecoder(codec, pool, 640 * 480);
        decoder.Decode(picture, TimeSpan.Zero, out var decoded);
        using var frame = decoded.ShouldNotBeNull();
        (frame.Width, frame.Height).ShouldBe((320, 240));
        var light = 0;
        for (var y = 0; y < frame.Height; y++)
            foreach (var pixel in frame.RowY(y)[..frame.Width])
                light += pixel > 150 ? 1 : 0;
        return light is > 20 and < 320 * 240 / 10 && frame.RowY(4)[4] < 60;
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
