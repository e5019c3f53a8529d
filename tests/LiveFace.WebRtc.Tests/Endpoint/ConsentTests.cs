using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>Media goes only to addresses that consented to it (RFC 7675).</summary>
public sealed class ConsentTests : EndpointTestBase
{
    readonly TimerClock _clock;

    public ConsentTests()
        : this(new())
    {
    }

    ConsentTests(TimerClock clock)
        : base(clock: clock) => _clock = clock;

    [Fact]
    public async Task A_nominating_check_from_another_address_moves_no_media_there()
    {
        var peer = await _client.ConnectAsync(_endpoint);
        var before = peer.GetStatistics().Transport.RemoteAddress;
        using var victim = new UdpWire(_endpoint.Port);
        var heard = WireEars.Listen(victim);
        await victim.SendAsync(_client.MakeCheck(RandomNumberGenerator.GetBytes(12), nominate: true));
        await Eventually.IsAsync(() => heard.Count >= 2);

        for (var i = 1; i <= 200; i++)
        {
            peer.SendAudio(new() { Codec = RtcCodec.Opus, Payload = new byte[1000], RtpTimestamp = (uint)i * 960 });
            await Eventually.IsAsync(() => _client.Received.Count(packet => packet[1] is 111 or 239) == i);
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        peer.GetStatistics().Transport.RemoteAddress.ShouldBe(before);

        // The response to its check and a handful of requests, none of them larger than a check.
        heard.Count.ShouldBeLessThanOrEqualTo(6);
        heard.Any(datagram => datagram[0] >= 4 || datagram.Length >= 200).ShouldBeFalse();
    }

    [Fact]
    public async Task Media_moves_to_another_address_once_it_answers()
    {
        var peer = await _client.ConnectAsync(_endpoint);
        var before = peer.GetStatistics().Transport;
        _client.MoveTo(new UdpWire(_endpoint.Port));
        await _client.CheckAsync(nominate: true);
        await Eventually.IsAsync(() => peer.GetStatistics().Transport.RemoteAddress != before.RemoteAddress);

        peer.GetStatistics().Transport.ResponsesReceived.ShouldBeGreaterThan(before.ResponsesReceived);
        peer.SendAudio(new() { Codec = RtcCodec.Opus, Payload = new byte[100], RtpTimestamp = 960 });
        await Eventually.IsAsync(() => _client.Received.Any(packet => packet[1] is 111 or 239));
    }

    [Fact]
    public async Task A_handshake_that_goes_to_two_addresses_is_no_consent_of_the_second()
    {
        _client.AnswersChecks = false;
        var (peer, sdp) = _endpoint.Accept(_client.Offer().ToString(), new());
        _client.Take(sdp, new UdpWire(_endpoint.Port));
        await _client.CheckAsync(nominate: true);
        using var victim = new UdpWire(_endpoint.Port);
        var heard = WireEars.Listen(victim);

        // Between the first flight and the last, the session is moved away.
        _client.BeforeSecondFlight = async () =>
        {
            await victim.SendAsync(_client.MakeCheck(RandomNumberGenerator.GetBytes(12), nominate: true));
            await Eventually.IsAsync(() => !heard.IsEmpty);
        };
        _client.StartDtls();
        await Eventually.IsAsync(() => peer.State is RtcPeerState.Connected);
        for (var i = 0; i < 100; i++)
            peer.SendAudio(new() { Codec = RtcCodec.Opus, Payload = new byte[1000], RtpTimestamp = (uint)i * 960 });
        await victim.SendAsync(_client.MakeCheck(RandomNumberGenerator.GetBytes(12), nominate: true));
        await Eventually.IsAsync(() => heard.Count(datagram => datagram[0] == 1) >= 2);
        heard.Any(datagram => datagram[0] >= 64).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_answered_and_answers_no_more_loses_consent_though_media_comes_from_there()
    {
        var reasons = new ConcurrentQueue<CloseReason>();
        var got = 0;
        var peer = await _client.ConnectAsync(_endpoint, prepare: made =>
        {
            made.AudioReceived = (_, in _) => Interlocked.Increment(ref got);
            made.Closed = (_, why) => reasons.Enqueue(why);
        });
        await Eventually.IsAsync(() => peer.GetStatistics().Transport.ResponsesReceived > 0);
        _client.AnswersChecks = false;
        for (ushort sequence = 1; reasons.IsEmpty; sequence++)
        {
            sequence.ShouldBeLessThan((ushort)10);
            await _client.SendRtpAsync(SessionTests.Opus(sequence));
            await Eventually.IsAsync(() => Volatile.Read(ref got) == sequence);
            _clock.Advance(_endpoint.Options.ConsentTimeout / 4);
        }

        reasons.ShouldBe([CloseReason.ConsentLost]);
    }
}
