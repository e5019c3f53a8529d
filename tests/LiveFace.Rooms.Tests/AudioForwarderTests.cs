using System.Collections.Concurrent;
using System.Diagnostics;
using LiveFace.Rooms;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Tests;

public sealed class AudioForwarderTests : IDisposable
{
    private readonly ConcurrentQueue<(long Sequence, uint Timestamp, byte First, long At)> _sent = new();
    private readonly AudioForwarder _forwarder;
    private int _dropped;

    private int _failed;

    public AudioForwarderTests() => _forwarder = new AudioForwarder(TimeProvider.System, Note, () => _dropped++, _ => _failed++);

    [Fact]
    public void Without_a_look_ahead_sound_passes_at_once()
    {
        for (var i = 0; i < 5; i++)
        {
            Forward(100 + i, source: 1, TimeSpan.Zero);
            _sent.Count.ShouldBe(i + 1);
        }

        _sent.Select(one => one.Timestamp).ShouldBe([0, 960, 1920, 2880, 3840]);
        _forwarder.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task With_a_look_ahead_sound_waits_as_long_as_the_picture_and_keeps_its_order_and_times()
    {
        var delay = TimeSpan.FromMilliseconds(60);
        var began = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            began.Add(Stopwatch.GetTimestamp());
            Forward(100 + i, source: 1, delay);
        }

        await Eventually.IsAsync(() => _sent.Count == 20);
        var all = _sent.ToArray();
        all.Select(one => one.Sequence).ShouldBe(Enumerable.Range(100, 20).Select(n => (long)n));
        all.Select(one => one.Timestamp).ShouldBe(Enumerable.Range(0, 20).Select(n => (uint)n * 960));
        all.Select(one => one.First).ShouldBe(Enumerable.Range(100, 20).Select(n => (byte)n));
        for (var i = 0; i < 20; i++)
            Stopwatch.GetElapsedTime(began[i], all[i].At).ShouldBeGreaterThanOrEqualTo(delay);
        _dropped.ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_is_not_overtaken_when_the_look_ahead_is_switched_off()
    {
        Forward(100, source: 1, TimeSpan.FromMilliseconds(60));
        Forward(101, source: 1, TimeSpan.Zero);
        await Eventually.IsAsync(() => _sent.Count == 2);
        _sent.Select(one => one.Sequence).ShouldBe([100, 101]);
        await Eventually.IsAsync(() => _forwarder.Waiting == 0);
        Forward(102, source: 1, TimeSpan.Zero);
        _sent.Count.ShouldBe(3);
    }

    [Fact]
    public void What_waits_is_bounded()
    {
        for (var i = 0; i < 500; i++)
            Forward(100 + i, source: 1, TimeSpan.FromDays(1));
        _forwarder.Waiting.ShouldBeLessThanOrEqualTo(128);
        (_dropped + _forwarder.Waiting + _sent.Count).ShouldBe(500);
    }

    [Fact]
    public void Another_publishers_numbers_go_on_where_the_last_ones_ended()
    {
        Forward(100, source: 1, TimeSpan.Zero);
        Forward(101, source: 1, TimeSpan.Zero);
        Forward(7000, source: 2, TimeSpan.Zero);
        _sent.Select(one => one.Sequence).ShouldBe([100, 101, 102]);
        _sent.Select(one => one.Timestamp).ShouldBe([0, 960, 1920]);
    }

    public void Dispose() => _forwarder.Dispose();

    private void Forward(int number, int source, TimeSpan delay)
    {
        Span<byte> payload = stackalloc byte[50];
        payload.Fill((byte)number);
        _forwarder.Forward(new ReceivedAudioPacket
        {
            Mid = "1", Codec = RtcCodec.Opus, Payload = payload, RtpTimestamp = (uint)(number - (number < 7000 ? 100 : 0)) * 960,
            SequenceNumber = number, ArrivalTime = TimeSpan.Zero,
        }, source, delay);
        payload.Clear();
    }

    private void Note(in OutgoingAudioPacket packet) =>
        _sent.Enqueue((packet.SequenceNumber ?? 0, packet.RtpTimestamp, packet.Payload[0], Stopwatch.GetTimestamp()));
}
