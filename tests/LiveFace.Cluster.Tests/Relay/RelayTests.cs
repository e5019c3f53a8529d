using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>A room of one node watched on another, over real gRPC: the owner's bits, once over the wire, and wishes back.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task A_thousand_viewers_on_two_nodes_get_the_very_bytes_of_one_encoder_over_one_stream()
    {
        var here = Enumerable.Range(0, 500).Select(_ => new SimulatedViewer()).ToArray();
        await using var owner = await OwnerNode.StartAsync(local: here);
        await using var other = new ViewerNode(owner);
        var there = Enumerable.Range(0, 500).Select(_ => new SimulatedViewer()).ToArray();
        foreach (var viewer in there)
            other.Join(viewer);
        await ArriveAsync(owner, there);
        await owner.ShowAsync(30);
        await Eventually.IsAsync(() => there.All(viewer => viewer.Prints[^1] == owner.Tape.Prints.Last()));

        var made = owner.Tape.Prints.ToArray();
        here[0].Prints.ShouldBe(made);
        here.ShouldAllBe(viewer => viewer.Prints.SequenceEqual(made));
        var seen = there[0].Prints;
        seen.Length.ShouldBeGreaterThanOrEqualTo(30);
        seen.ShouldBe(made[^seen.Length..]);
        there.ShouldAllBe(viewer => viewer.Prints.SequenceEqual(seen) && viewer.BeganWithKeyFrame);
        there[0].Timestamps.ShouldBe(here[0].Timestamps[^seen.Length..]);
        owner.Meter.Opened.ShouldBe(1);
        owner.Meter.Pictures.ShouldBeInRange(seen.Length, made.Length);
        other.Connections.ShouldBe(1);
        owner.Open.State.Viewers.ShouldBe(500);
    }

    [Fact]
    public async Task Each_codec_in_use_is_one_stream_and_none_is_left_when_all_have_gone()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        SimulatedViewer[] viewers = [new(), new(), new() { Codec = Media.Codecs.VideoCodec.H264 }];
        var rooms = viewers.Select(other.Join).ToArray();
        await ArriveAsync(owner, viewers);
        owner.Meter.Streams.ShouldBe(2);
        owner.Open.State.Viewers.ShouldBe(3);
        rooms[2].Leave(viewers[2]);
        await Eventually.IsAsync(() => owner.Meter.Streams == 1);
        rooms[0].Leave(viewers[0]);
        rooms[1].Leave(viewers[1]);
        await Eventually.IsAsync(() => owner.Meter.Streams == 0 && other.Connections == 0);
        owner.Open.State.Viewers.ShouldBe(0);
        other.Rooms.Rooms.ShouldBe(0);
    }

    [Fact]
    public async Task Wishes_for_a_keyframe_go_to_the_owner_and_two_hundred_at_a_time_become_few()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        var viewer = new SimulatedViewer();
        var room = other.Join(viewer);
        await ArriveAsync(owner, [viewer]);
        var (keyFrames, seen, asked) = (owner.Tape.KeyFrames, viewer.KeyFrames, owner.Meter.KeyFramesAsked);
        for (var i = 0; i < 200; i++)
            room.WishKeyFrame(Media.Codecs.VideoCodec.Vp8);
        await Eventually.IsAsync(() => owner.Meter.KeyFramesAsked == asked + 200);
        await ShowUntilAsync(owner, () => viewer.KeyFrames > seen);
        owner.Tape.KeyFrames.ShouldBeInRange(keyFrames + 1, keyFrames + 2);
        other.Meter.KeyFramesAsked.ShouldBe(owner.Meter.KeyFramesAsked);
    }

    [Fact]
    public async Task What_the_slowest_viewers_take_is_what_the_owner_encodes_for()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        SimulatedViewer[] viewers = [new() { TargetBitrate = 900_000 }, new() { TargetBitrate = 400_000 }, new()];
        foreach (var viewer in viewers)
            other.Join(viewer);
        await ShowUntilAsync(owner, () => owner.Tape.BitsPerSecond == 400_000);
        viewers[1].TargetBitrate = 700_000;
        await ShowUntilAsync(owner, () => owner.Tape.BitsPerSecond == 700_000);
    }

    [Fact]
    public async Task A_picture_that_the_owner_covers_is_covered_on_the_other_node_because_it_is_the_same()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        var viewer = new SimulatedViewer();
        other.Join(viewer);
        await ArriveAsync(owner, [viewer]);
        owner.Open.TrySetPolicy(PolicyPresets.BlurFaces, null, out _).ShouldBeTrue();
        var covered = owner.Open.Pipeline.Meter.Covered;
        await owner.ShowAsync(5);
        owner.Open.Pipeline.Meter.Covered.ShouldBe(covered + 5, "no model is there, so nothing may be shown");
        await Eventually.IsAsync(() => viewer.Prints[^1] == owner.Tape.Prints.Last());
        viewer.Prints[^5..].ShouldBe(owner.Tape.Prints.ToArray()[^5..]);
    }

    [Fact]
    public async Task Sound_comes_once_and_as_it_was()
    {
        await using var owner = await OwnerNode.StartAsync();
        await using var other = new ViewerNode(owner);
        SimulatedViewer[] viewers = [new(), new() { Codec = Media.Codecs.VideoCodec.H264 }];
        foreach (var viewer in viewers)
            other.Join(viewer);
        await ArriveAsync(owner, viewers);
        for (byte i = 0; i < 20; i++)
        {
            foreach (var feed in owner.Feeds)
                feed.Send(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [i, 7, 7], RtpTimestamp = i * 960u, SequenceNumber = 1000 + i });
            var heard = i + 1;
            await Eventually.IsAsync(() => viewers.All(viewer => viewer.Heard.Count >= heard));
        }

        viewers.ShouldAllBe(viewer => viewer.Heard.Count == 20);
        viewers[1].Heard.Select(packet => packet[0]).ShouldBe(Enumerable.Range(0, 20).Select(i => (byte)i));
        other.Meter.Sounds.ShouldBe(20);
    }

    internal static Task ArriveAsync(OwnerNode owner, SimulatedViewer[] viewers) =>
        ShowUntilAsync(owner, () => viewers.All(viewer => viewer.Pictures > 0));

    internal static async Task ShowUntilAsync(OwnerNode owner, Func<bool> condition) => await Eventually.IsAsync(async () =>
    {
        await owner.ShowAsync();
        return condition();
    });
}
