using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>No packet of media leaves while the gate is closed, over UDP and TCP; and then some do again.</summary>
public sealed class GateTests : EndpointTestBase
{
    private readonly Gate _gate;

    public GateTests()
        : this(new())
    {
    }

    private GateTests(Gate gate)
        : base(new() { Gate = gate }) => _gate = gate;

    [Fact]
    public async Task What_is_sent_while_the_gate_is_closed_never_comes()
    {
        var got = 0;
        await _client.ConnectAsync(_endpoint, prepare: peer => peer.AudioReceived = (_, in packet) =>
        {
            peer.SendAudio(new() { Codec = packet.Codec, Payload = packet.Payload, RtpTimestamp = packet.RtpTimestamp });
            got++;
        });
        await SendAsync(1, 10, () => got);
        await Eventually.IsAsync(() => Audio() == 10);
        _gate.IsOpen = false;
        await SendAsync(11, 20, () => got);
        _endpoint.Counters.Dropped(DropReason.GateClosed).ShouldBeGreaterThanOrEqualTo(10);
        _gate.IsOpen = true;
        await SendAsync(21, 30, () => got);

        // Packets come in order here: the last one is there, so what was sent before it came or never will.
        await Eventually.IsAsync(() => Audio() >= 20);
        Audio().ShouldBe(20);
    }

    [Fact]
    public async Task A_connection_on_which_media_waits_ends_when_the_gate_closes()
    {
        var peer = await _client.ConnectAsync(_endpoint, tcp: true);
        peer.State.ShouldBe(RtcPeerState.Connected);
        _gate.IsOpen = false;

        // Whatever is to leave meets the gate: here the endpoint's own reports and checks.
        await Eventually.IsAsync(() => _endpoint.Counters.Dropped(DropReason.GateClosed) > 0);
        Audio().ShouldBe(0);
    }

    private int Audio() => _client.Received.Count(packet => packet[1] is 111 or 239);

    private async Task SendAsync(ushort first, ushort last, Func<int> got)
    {
        for (var sequence = first; sequence <= last; sequence++)
            await _client.SendRtpAsync(SessionTests.Opus(sequence));
        await Eventually.IsAsync(() => got() == last);
    }

    private sealed class Gate : IMediaGate
    {
        private volatile bool _closed;

        public bool IsOpen
        {
            get => !_closed;
            set => _closed = !value;
        }
    }
}
