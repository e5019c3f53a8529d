using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtcp;

namespace LiveFace.WebRtc.Tests.Receiving;

public sealed class ArrivalRecorderTests
{
    private readonly ArrivalRecorder _recorder = new();
    private readonly byte[] _buffer = new byte[1200];

    [Fact]
    public void Every_packet_is_told_once_with_those_that_are_missing()
    {
        foreach (var sequence in new[] { 65_534, 65_535, 1, 2 })
            _recorder.Add((ushort)sequence, Ms(10));
        _recorder.NextDeadline.ShouldBe(Ms(110));
        Told().ShouldBe([(65_534, true), (65_535, true), (0, false), (1, true), (2, true)]);
        _recorder.NextDeadline.ShouldBe(TimeSpan.MaxValue);
        Told().ShouldBeEmpty();
    }

    [Fact]
    public void The_first_packet_after_a_while_has_all_told_with_it_and_no_timer_is_needed()
    {
        _recorder.Add(1, Ms(10));
        _recorder.Add(2, Ms(59));
        _recorder.NextDeadline.ShouldBe(Ms(110));
        _recorder.Add(3, Ms(60));
        _recorder.NextDeadline.ShouldBe(Ms(60));
        Told().ShouldBe([(1, true), (2, true), (3, true)]);

        _recorder.Add(4, Ms(61));
        _recorder.NextDeadline.ShouldBe(Ms(161));
    }

    [Fact]
    public void A_packet_that_comes_after_it_was_told_missing_is_told_again()
    {
        _recorder.Add(1, Ms(10));
        _recorder.Add(3, Ms(10));
        Told().Count.ShouldBe(3);
        _recorder.Add(2, Ms(70));
        Told().ShouldBe([(2, true), (3, true)]);
    }

    [Fact]
    public void A_burst_is_told_before_its_time()
    {
        for (var i = 0; i < 200; i++)
            _recorder.Add((ushort)i, Ms(10));
        _recorder.NextDeadline.ShouldBe(Ms(10));
        Told().Count.ShouldBe(200);
    }

    [Fact]
    public void A_leap_of_the_numbers_begins_anew()
    {
        _recorder.Add(1, Ms(10));
        _recorder.Add(30_000, Ms(20));
        Told().ShouldBe([(30_000, true)]);
    }

    private List<(int Sequence, bool Received)> Told()
    {
        var list = new List<(int, bool)>();
        int size;
        while ((size = _recorder.Write(_buffer, 1, 2)) > 0)
        {
            new RtcpReader(_buffer.AsSpan(0, size)).TryRead(out var packet).ShouldBeTrue();
            TransportFeedbackReader.TryParse(packet.Fci, out var reader).ShouldBeTrue();
            while (reader.TryRead(out var sequence, out var received, out _))
                list.Add((sequence, received));
        }

        return list;
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
