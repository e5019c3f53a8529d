using System.Net;
using System.Runtime.CompilerServices;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

[Collection("Alone")]
public sealed class LeakTests
{
    const int Cycles = 1000;

    [Fact]
    public async Task A_thousand_sessions_leave_no_peers_handles_or_memory_behind()
    {
        await using var endpoint = new RtcEndpoint(new() { BindAddresses = [IPAddress.Loopback], Port = 0 });
        endpoint.Start();
        var certificate = DtlsCertificate.Create(DateTimeOffset.UnixEpoch.AddYears(60));
        var peers = new List<WeakReference>();
        for (var i = 0; i < 200; i++)
            await CycleAsync(endpoint, certificate, peers, i);
        var (handles, memory) = await MeasureAsync(endpoint);

        for (var i = 0; i < Cycles; i++)
            await CycleAsync(endpoint, certificate, peers, i);
        var (handlesAfter, memoryAfter) = await MeasureAsync(endpoint);

        peers.Count(peer => peer.IsAlive).ShouldBeLessThanOrEqualTo(2);
        handlesAfter.ShouldBeLessThanOrEqualTo(handles + 4);

        // A DTLS session alone is tens of kilobytes, so one that stayed with each session would be far above this.
        (memoryAfter - memory).ShouldBeLessThan(24L * 1024 * 1024);
        endpoint.Peers.ShouldBeEmpty();
        endpoint.Paths.Count.ShouldBe(0);
    }

    /// <summary>Clients close in all the ways there are: goodbye, the server's close, falling silent in the handshake.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task CycleAsync(RtcEndpoint endpoint, DtlsCertificate certificate, List<WeakReference> peers, int i)
    {
        using var client = new RtcTestClient(certificate: certificate);
        if (i % 10 == 9)
        {
            var (half, sdp) = endpoint.Accept(client.Offer().ToString(), new());
            client.Take(sdp, new UdpWire(endpoint.Port));
            await client.CheckAsync(nominate: true);
            await client.StartHalfOpenAsync();
            half.Close();
            peers.Add(new(half));
            return;
        }

        var peer = await client.ConnectAsync(endpoint, tcp: i % 5 == 0);
        peer.SendAudio(new() { Codec = RtcCodec.Opus, Payload = [0xF8, 1, 2], RtpTimestamp = 1 });
        if (i % 2 == 0)
            client.Goodbye();
        else
            peer.Close();
        await Eventually.IsAsync(() => peer.State is RtcPeerState.Closed);
        peers.Add(new(peer));
    }

    static async Task<(int Handles, long Memory)> MeasureAsync(RtcEndpoint endpoint)
    {
        await Eventually.IsAsync(() => endpoint.Peers.Count == 0 && endpoint.Paths.Count == 0);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return (Directory.GetFiles("/proc/self/fd").Length, Environment.WorkingSet);
    }
}
