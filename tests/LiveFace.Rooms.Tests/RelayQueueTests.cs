using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

/// <summary>What waits for another node, and what that node takes, without a network.</summary>
public sealed class RelayQueueTests
{
    private readonly RelayMeter _meter = new();

    [Fact]
    public void A_stream_begins_with_a_keyframe_and_a_full_queue_goes_on_with_one()
    {
        var queue = new RelayQueue(_meter);
        queue.RentPicture(isKeyFrame: false, 100).ShouldBeNull();
        _meter.Drops(RelayDrop.BeforeKeyFrame).ShouldBe(1);
        for (var i = 0; i < RelayLimits.MostPictures; i++)
            Add(queue, isKeyFrame: i == 0);
        queue.RentPicture(isKeyFrame: false, 100).ShouldBeNull();
        _meter.Drops(RelayDrop.QueueFull).ShouldBe(1);

        // One place is free again, and what stands on the lost picture goes all the same.
        queue.TryTake(out var first).ShouldBeTrue();
        queue.Return(first);
        queue.RentPicture(isKeyFrame: false, 100).ShouldBeNull();
        _meter.Drops(RelayDrop.BeforeKeyFrame).ShouldBe(2);
        Add(queue, isKeyFrame: true);
        _meter.Drops(RelayDrop.Superseded).ShouldBe(RelayLimits.MostPictures - 1);
        queue.Count.ShouldBe(1);
        queue.TryTake(out var next).ShouldBeTrue();
        next.IsMarked.ShouldBeTrue();
    }

    [Fact]
    public void Bytes_are_bounded_too_and_a_picture_larger_than_a_message_goes()
    {
        var queue = new RelayQueue(_meter);
        queue.RentPicture(isKeyFrame: true, RelayLimits.MostBytes + 1).ShouldBeNull();
        _meter.Drops(RelayDrop.TooLarge).ShouldBe(1);
        Add(queue, isKeyFrame: true, bytes: RelayLimits.MostBytes - 10);
        queue.RentPicture(isKeyFrame: false, 11).ShouldBeNull();
        _meter.Drops(RelayDrop.QueueFull).ShouldBe(1);
    }

    [Fact]
    public void Of_too_much_sound_the_oldest_goes()
    {
        var queue = new RelayQueue(_meter);
        for (byte i = 0; i < RelayLimits.MostSounds + 5; i++)
        {
            var parcel = queue.RentSound().ShouldNotBeNull();
            parcel.Set(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [i], RtpTimestamp = i });
            queue.Add(parcel);
        }

        queue.Count.ShouldBe(RelayLimits.MostSounds);
        _meter.Drops(RelayDrop.SoundQueueFull).ShouldBe(5);
        queue.TryTake(out var oldest).ShouldBeTrue();
        oldest.Payload[0].ShouldBe((byte)5);
    }

    [Fact]
    public void Nothing_of_an_older_ownership_is_taken_and_a_newer_one_goes_on_without_a_jump()
    {
        var epochs = new RelayEpochs();
        epochs.TryAdmit(5, out var first).ShouldBeTrue();
        var seen = epochs.Map(new RelayTimes(1_000, TimeSpan.FromSeconds(50), default), TimeSpan.FromSeconds(1));
        seen.RtpTimestamp.ShouldBe(1_000u);
        seen.CaptureTime.ShouldBe(TimeSpan.FromSeconds(1));

        // Later on the same way: 20 ms slower than the fastest.
        epochs.Map(new RelayTimes(91_000, TimeSpan.FromSeconds(51), default), TimeSpan.FromSeconds(2.02))
            .CaptureTime!.Value.TotalSeconds.ShouldBe(2, 0.001);

        epochs.TryAdmit(6, out var second).ShouldBeTrue();
        second.ShouldBe(first + 1);
        epochs.TryAdmit(5, out _).ShouldBeFalse();
        var after = epochs.Map(new RelayTimes(777_777, TimeSpan.FromSeconds(9), default), TimeSpan.FromSeconds(4.02));
        after.RtpTimestamp.ShouldBeInRange(91_000u + 179_998u, 91_000u + 180_002u);
        after.CaptureTime.ShouldBe(TimeSpan.FromSeconds(4.02));
    }

    [Fact]
    public void A_picture_for_another_node_is_copied_without_making_anything_new()
    {
        var queue = new RelayQueue(_meter);
        void Pass()
        {
            Add(queue, isKeyFrame: true, bytes: 9_000);
            queue.TryTake(out var parcel).ShouldBeTrue();
            queue.Return(parcel!);
        }

        for (var i = 0; i < 100; i++)
            Pass();
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 1_000; i++)
            Pass();
        ThreadAllocations.Since(before).ShouldBe(0);
    }

    private static readonly byte[] Bytes = new byte[RelayLimits.MostBytes];

    private static void Add(RelayQueue queue, bool isKeyFrame, int bytes = 100)
    {
        var parcel = queue.RentPicture(isKeyFrame, bytes);
        if (parcel is null)
            throw new InvalidOperationException("There is no place.");
        parcel.Set(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = Bytes.AsSpan(0, bytes), RtpTimestamp = 1, Marker = isKeyFrame });
        queue.Add(parcel);
    }
}
