using System.Collections.Concurrent;
using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>How long the endpoint waits for peers that do nothing, by a clock of the test.</summary>
public sealed class PeerPatienceTests
{
    [Fact]
    public async Task A_peer_that_never_finishes_is_dropped_and_its_place_is_free_again()
    {
        var clock = new TimerClock();
        await using var endpoint = Start(new() { MaximumHandshakesPerAddress = 1 }, clock);
        var reasons = new ConcurrentQueue<CloseReason>();
        using (var half = new RtcTestClient())
        {
            var (peer, sdp) = endpoint.Accept(half.Offer().ToString(), new());
            peer.Closed = (_, why) => reasons.Enqueue(why);
            half.Take(sdp, new UdpWire(endpoint.Port));
            await half.CheckAsync(nominate: true);
            await half.StartHalfOpenAsync();
            await Eventually.IsAsync(() => peer.GetStatistics().Transport.DtlsState == "connecting");
            clock.Advance(endpoint.Options.ConnectTimeout * 0.9);
            endpoint.Peers.Count.ShouldBe(1);
            clock.Advance(endpoint.Options.ConnectTimeout * 0.2);
            await Eventually.IsAsync(() => !reasons.IsEmpty && endpoint.Peers.Count == 0 && endpoint.Paths.Count == 0);
        }

        reasons.ShouldBe([CloseReason.NeverConnected]);
        using var honest = new RtcTestClient();
        (await honest.ConnectAsync(endpoint)).State.ShouldBe(RtcPeerState.Connected);
    }

    // RFC 7675 5.1. Some clients answer no checks and send none after the first: they stay while media or reports come.
    [Fact]
    public async Task A_peer_that_sends_media_without_further_checks_stays_and_one_that_falls_silent_loses_consent()
    {
        var clock = new TimerClock();
        await using var endpoint = Start(new(), clock);
        var got = 0;
        var reasons = new ConcurrentQueue<CloseReason>();
        using var client = new RtcTestClient { AnswersChecks = false };
        var peer = await client.ConnectAsync(endpoint, prepare: made =>
        {
            made.AudioReceived = (_, in _) => Interlocked.Increment(ref got);
            made.Closed = (_, why) => reasons.Enqueue(why);
        });
        for (ushort sequence = 1; sequence <= 8; sequence++)
        {
            clock.Advance(endpoint.Options.ConsentTimeout * 0.6);
            await client.SendRtpAsync(SessionTests.Opus(sequence));
            await Eventually.IsAsync(() => Volatile.Read(ref got) == sequence);
        }

        peer.State.ShouldBe(RtcPeerState.Connected);
        clock.Advance(endpoint.Options.ConsentTimeout * 0.6);
        peer.State.ShouldBe(RtcPeerState.Connected);
        clock.Advance(endpoint.Options.ConsentTimeout * 0.6);
        await Eventually.IsAsync(() => !reasons.IsEmpty);
        reasons.ShouldBe([CloseReason.ConsentLost]);
    }

    static RtcEndpoint Start(RtcEndpointOptions options, TimeProvider? clock = null)
    {
        var endpoint = new RtcEndpoint(options with { BindAddresses = [IPAddress.Loopback], Port = 0 }, clock);
        endpoint.Start();
        return endpoint;
    }
}
