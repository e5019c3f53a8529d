using LiveFace.WebRtc.Tests.Sessions;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Receiving;

public sealed class AudioReceiverTests
{
    private readonly SessionOwner _owner = new();
    private readonly MediaSession _session;

    public AudioReceiverTests()
    {
        _session = new MediaSession([TestMedia.Audio(1100)], _owner, _owner, TestMedia.Options());
        _session.Start(TimeSpan.Zero);
    }

    [Fact]
    public void Packets_are_handed_over_as_they_come_and_duplicates_are_not()
    {
        foreach (var sequence in new[] { 65_534, 65_535, 1, 0, 1, 65_535, 2 })
            Receive((ushort)sequence);
        var first = _owner.Audio[0].Sequence;
        _owner.Audio.Select(p => p.Sequence - first).ShouldBe([0, 1, 3, 2, 4]);
        _session.GetStatistics(TimeSpan.Zero).Inbound.Single().PacketsDiscarded.ShouldBe(2);
    }

    [Fact]
    public void What_is_later_than_anybody_can_use_is_dropped()
    {
        Receive(1000);
        Receive(900);
        Receive(1001);
        _owner.Audio.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_order_and_any_duplication_give_each_packet_at_most_once(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
            Receive((ushort)(i / 3 + random.Next(40)));
        _owner.Audio.Select(p => p.Sequence).ShouldBeUnique();
        _owner.Audio.Count.ShouldBeGreaterThan(6000);
    }

    private void Receive(ushort sequence) =>
        _session.ReceiveRtp(SessionOwner.Packet(6, 111, sequence, [0x78, 1]), TimeSpan.Zero);
}
