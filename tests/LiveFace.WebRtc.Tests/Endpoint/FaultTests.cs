using System.Collections.Concurrent;
using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>An exception anywhere inside is told and counted, and ends none of the endpoint's loops.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_clock_that_throws_for_a_while_ends_neither_packets_nor_handshakes_nor_timers()
    {
        var clock = new BrokenClock();
        var faults = new ConcurrentDictionary<string, int>();
        await using var endpoint = new RtcEndpoint(
            new()
            {
                BindAddresses = [IPAddress.Loopback], Port = 0, ConsentTimeout = TimeSpan.FromSeconds(5),
                OnFault = (place, _) => faults.AddOrUpdate(place, 1, (_, count) => count + 1),
            },
            clock);
        endpoint.Start();
        using var before = new RtcTestClient();
        var reasons = new ConcurrentQueue<CloseReason>();
        var broken = await before.ConnectAsync(endpoint, prepare: made => made.Closed = (_, why) => reasons.Enqueue(why));

        clock.IsBroken = true;
        await Eventually.IsAsync(() =>
        {
            // Its datagrams, its goodbye and its timers all meet the clock.
            _ = before.Wire!.SendAsync(before.MakeCheck(new byte[12], nominate: true));
            endpoint.Handshakes.Enqueue(broken.Handshake);
            return faults.ContainsKey("webrtc datagram") && faults.ContainsKey("webrtc handshakes") && faults.ContainsKey("webrtc timers");
        });
        clock.IsBroken = false;

        using var after = new RtcTestClient { AnswersChecks = false };
        var got = 0;
        var peer = await after.ConnectAsync(endpoint, prepare: made =>
        {
            made.AudioReceived = (_, in _) => Interlocked.Increment(ref got);
            made.Closed = (_, why) => reasons.Enqueue(why);
        });
        await after.SendRtpAsync(SessionTests.Opus(1));
        await Eventually.IsAsync(() => Volatile.Read(ref got) == 1);
        endpoint.Problem.ShouldBeNull();

        // Only the timers can find that it is silent from now on.
        reasons.Clear();
        await Eventually.IsAsync(() => peer.State is RtcPeerState.Closed);
        reasons.ShouldContain(CloseReason.ConsentLost);
    }

    [Fact]
    public async Task What_a_handler_throws_is_told_with_its_place()
    {
        var faults = new ConcurrentQueue<(string Place, Exception Error)>();
        await using var endpoint = new RtcEndpoint(new()
        {
            BindAddresses = [IPAddress.Loopback], Port = 0, OnFault = (place, error) => faults.Enqueue((place, error)),
        });
        endpoint.Start();
        using var client = new RtcTestClient();
        await client.ConnectAsync(endpoint, prepare: peer => peer.Connected = _ => throw new InvalidOperationException("mine"));
        await Eventually.IsAsync(() => !faults.IsEmpty);
        faults.ShouldHaveSingleItem().Place.ShouldBe("webrtc handler");
        faults.Single().Error.Message.ShouldBe("mine");
    }

    [Fact]
    public async Task A_timer_whose_call_throws_can_be_set_again()
    {
        using var called = new SemaphoreSlim(0);
        var failures = 0;
        using var timer = new TimerThread("test", TimeProvider.System, () =>
        {
            called.Release();
            throw new InvalidOperationException();
        }, _ => Interlocked.Increment(ref failures));
        for (var i = 1; i <= 3; i++)
        {
            timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            (await called.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBeTrue();
            await Eventually.IsAsync(() => Volatile.Read(ref failures) == i);
        }
    }

    [Fact]
    public void A_loop_that_fails_again_and_again_waits_longer_and_says_so_until_it_succeeds()
    {
        var backoff = new LoopBackoff();
        var waits = Enumerable.Range(0, 20).Select(_ => backoff.Failed()).ToList();
        waits[0].ShouldBe(TimeSpan.FromMilliseconds(2));
        waits.ShouldBe(waits.Order());
        waits[^1].ShouldBe(TimeSpan.FromMilliseconds(1024));
        backoff.IsFailing.ShouldBeTrue();
        backoff.Succeeded();
        backoff.IsFailing.ShouldBeFalse();
    }

    sealed class BrokenClock : TimeProvider
    {
        volatile bool _broken;

        public bool IsBroken
        {
            set => _broken = value;
        }

        public override long GetTimestamp() =>
            _broken ? throw new InvalidOperationException("The clock is broken.") : System.GetTimestamp();

        public override long TimestampFrequency => System.TimestampFrequency;
    }
}
