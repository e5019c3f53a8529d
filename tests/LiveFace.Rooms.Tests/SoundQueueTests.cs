using LiveFace.Rooms;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

public sealed class SoundQueueTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly SoundQueue _queue = new(4);

    [Fact]
    public void A_packet_comes_out_when_it_is_due_and_not_before()
    {
        Add(1, 5 * Step);
        _queue.NextDue.ShouldBe(5 * Step);
        Take(4.9 * Step).ShouldBeNull();
        Take(5 * Step).ShouldBe(1);
        _queue.NextDue.ShouldBeNull();
    }

    [Fact]
    public void Everything_of_a_packet_is_kept()
    {
        _queue.Add(Packet(7, 33), Step);
        _queue.TryTake(Step, out var packet).ShouldBeTrue();
        packet.Payload.ToArray().ShouldBe(Enumerable.Repeat((byte)7, 33));
        (packet.RtpTimestamp, packet.SequenceNumber, packet.CaptureTime, packet.Marker, packet.Codec)
            .ShouldBe((7u * 960, 7L, 7 * Step, true, RtcCodec.Opus));
    }

    [Fact]
    public void A_shorter_wait_lets_nothing_overtake()
    {
        Add(1, 10 * Step);
        Add(2, 3 * Step);
        Take(3 * Step).ShouldBeNull();
        Take(10 * Step).ShouldBe(1);
        Take(10 * Step).ShouldBe(2);
    }

    [Fact]
    public void The_oldest_makes_room_when_too_many_wait()
    {
        for (var i = 1; i <= 4; i++)
            Add(i, i * Step).ShouldBeTrue();
        Add(5, 5 * Step).ShouldBeFalse();
        _queue.Count.ShouldBe(4);
        Take(9 * Step).ShouldBe(2);
    }

    [Fact]
    public void Places_are_used_again()
    {
        for (var i = 0; i < 100; i++)
            Pass(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Pass(i);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);

        void Pass(int i)
        {
            Span<byte> payload = stackalloc byte[120];
            _queue.Add(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = payload, RtpTimestamp = (uint)i }, i * Step);
            _queue.TryTake(i * Step, out var packet);
            if (packet.RtpTimestamp != (uint)i)
                throw new InvalidOperationException("another packet came out");
        }
    }

    private static OutgoingAudioPacket Packet(int number, int length) => new()
    {
        Codec = RtcCodec.Opus, Payload = Enumerable.Repeat((byte)number, length).ToArray(), RtpTimestamp = (uint)number * 960,
        SequenceNumber = number, CaptureTime = number * Step, Marker = true,
    };

    private bool Add(int number, TimeSpan due) => _queue.Add(Packet(number, 40), due);

    private long? Take(TimeSpan now) => _queue.TryTake(now, out var packet) ? packet.SequenceNumber : null;
}
