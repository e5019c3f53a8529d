using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Sending;

public sealed class PacketHistoryTests
{
    private readonly PacketBufferPool _pool = new();
    private readonly PacketHistory _history;

    public PacketHistoryTests() => _history = new PacketHistory(_pool, 1000);

    [Fact]
    public void Packets_wait_in_order_and_are_kept_for_a_second_after()
    {
        AddFrame(3);
        _history.WaitingBytes.ShouldBe(300);
        _history.Holds(1000).ShouldBeFalse("it has not been sent");
        for (var i = 0; i < 3; i++)
            _history.TakeNext(TimeSpan.FromSeconds(1)).Marker.ShouldBe(i == 2);
        _history.Holds(1000).ShouldBeTrue();
        _history.Trim(TimeSpan.FromSeconds(1.9));
        _history.Holds(1000).ShouldBeTrue();
        _history.Trim(TimeSpan.FromSeconds(2.1));
        _history.Holds(1000).ShouldBeFalse();
        _pool.Lent.ShouldBe(0);
    }

    [Fact]
    public void Frames_that_have_not_begun_to_leave_can_be_taken_back()
    {
        AddFrame(3);
        AddFrame(2);
        AddFrame(4);
        _history.TakeNext(TimeSpan.Zero);
        _history.DropUnsentFrames().ShouldBe(2);
        _history.Next.ShouldBe(1003, "the frame that is leaving stays whole");
        AddFrame(1);
        var markers = new List<bool>();
        while (_history.HasWaiting)
            markers.Add(_history.TakeNext(TimeSpan.Zero).Marker);
        markers.ShouldBe([false, true, true]);
        _history.WaitingBytes.ShouldBe(0);
    }

    [Fact]
    public void Memory_is_bounded_and_goes_back()
    {
        for (var i = 0; i < 5000; i++)
        {
            AddFrame(1);
            _history.TakeNext(TimeSpan.Zero);
        }

        _pool.Lent.ShouldBe(PacketHistory.Capacity);
        _history.Release();
        _pool.Lent.ShouldBe(0);
    }

    private void AddFrame(int packets)
    {
        for (var i = 0; i < packets; i++)
        {
            _history.Reserve().Length.ShouldBeGreaterThanOrEqualTo(1200);
            _history.Commit(new StoredPacket { Marker = i == packets - 1 }, 100);
        }
    }
}
