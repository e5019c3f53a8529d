using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>What waits for another node, and what that node takes, without a network.</summary>
public sealed class RelayQueueTests : IDisposable
{
    // A policy that openly hides nothing: how a test gets a picture into an encoder.
    private static readonly PolicySnapshot Openly = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    private readonly RelayMeter _meter = new();
    private readonly FramePool _pool = new();

    private readonly IVideoEncoder _encoder = VideoCodecs.CreateEncoder(VideoCodec.Vp8, new EncoderSettings { BitsPerSecond = 500_000 });

    private readonly Redactor _redactor;
    private readonly RelayFeed _feed;

    public RelayQueueTests()
    {
        _redactor = new Redactor(_pool);
        _feed = new RelayFeed(VideoCodec.Vp8, epoch: 1, _meter, TimeProvider.System, _ => { }, _ => { });
        _feed.Demand(new RelayDemand(500_000, Viewers: 1, Sound: true, KeyFrames: 0));
    }

    public void Dispose()
    {
        _feed.Dispose();
        _redactor.Dispose();
        _encoder.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void A_stream_begins_with_a_keyframe_and_a_full_queue_goes_on_with_one()
    {
        Show(isKeyFrame: true);
        _feed.Waiting.ShouldBe(1);
        for (var i = 1; i < RelayLimits.MostPictures; i++)
            Show().ShouldBe(SendVerdict.Sent);
        Show().ShouldBe(SendVerdict.Congested);
        _meter.Drops(RelayDrop.QueueFull).ShouldBe(1);

        // One place is free again, and what stands on the lost picture goes all the same.
        Take().IsMarked.ShouldBeTrue();
        Show().ShouldBe(SendVerdict.Congested);
        _meter.Drops(RelayDrop.BeforeKeyFrame).ShouldBe(1);
        Show(isKeyFrame: true).ShouldBe(SendVerdict.Sent);
        _meter.Drops(RelayDrop.Superseded).ShouldBe(RelayLimits.MostPictures - 1);
        _feed.Waiting.ShouldBe(1);
        Take().IsMarked.ShouldBeTrue();
    }

    [Fact]
    public void A_picture_larger_than_a_message_goes()
    {
        var queue = new RelayQueue(_meter);
        queue.RentPicture(isKeyFrame: true, RelayLimits.MostBytes + 1).ShouldBeNull();
        _meter.Drops(RelayDrop.TooLarge).ShouldBe(1);
        queue.RentPicture(isKeyFrame: true, RelayLimits.MostBytes).ShouldNotBeNull();
    }

    [Fact]
    public void Of_too_much_sound_the_oldest_goes()
    {
        for (byte i = 0; i < RelayLimits.MostSounds + 5; i++)
            _feed.Send(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [i], RtpTimestamp = i });
        _feed.Waiting.ShouldBe(RelayLimits.MostSounds);
        _meter.Drops(RelayDrop.SoundQueueFull).ShouldBe(5);
        _feed.TryTake(out var oldest).ShouldBeTrue();
        oldest.Payload[0].ShouldBe((byte)5);
    }

    [Fact]
    public void A_picture_for_another_node_is_copied_without_making_anything_new()
    {
        for (var i = 0; i < 50; i++)
        {
            Show(isKeyFrame: true);
            Take();
        }

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 200; i++)
        {
            Show();
            Take();
        }

        ThreadAllocations.Since(before).ShouldBe(0);
    }

    private SendVerdict Show(bool isKeyFrame = false)
    {
        using var frame = _pool.Rent(64, 64);
        var picture = _encoder.Encode(_redactor.Redact(frame, Openly), isKeyFrame);
        return ((IVideoOutlet)_feed).Send(new SentPicture { Picture = picture, RtpTimestamp = 3000 });
    }

    private RelayParcel Take()
    {
        _feed.TryTake(out var parcel).ShouldBeTrue();
        _feed.Return(parcel!);
        return parcel!;
    }
}
