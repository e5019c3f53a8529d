using System.Threading.Channels;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// Runs the DTLS work of all peers one after another, away from the packet threads. A peer stands in the queue at most
/// once, so the queue is never longer than there are peers.
/// </summary>
internal sealed class HandshakeWorker(Func<TimeSpan> now, int maximumPerAddress, EndpointCounters counters)
{
    const string Place = "webrtc handshakes";

    readonly Channel<PeerHandshake> _queue =
        Channel.CreateUnbounded<PeerHandshake>(new UnboundedChannelOptions { SingleReader = true });

    public SourceQuota Quota { get; } = new(maximumPerAddress);

    public void Enqueue(PeerHandshake handshake) => _queue.Writer.TryWrite(handshake);

    /// <summary>Works until <see cref="Complete"/> and the queue is empty.</summary>
    public async Task RunAsync()
    {
        await foreach (var handshake in _queue.Reader.ReadAllAsync())
            Work(handshake);
    }

    void Work(PeerHandshake handshake)
    {
        try
        {
            handshake.Work(now());
        }
#pragma warning disable CA1031 // A failure in one session must not end the work for all others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            counters.Fail(Place, error);
            GiveUp(handshake);
        }
    }

    void GiveUp(PeerHandshake handshake)
    {
        try
        {
            handshake.GiveUp();
        }
#pragma warning disable CA1031 // As above; what is left of the session goes with the endpoint.
        catch (Exception error)
#pragma warning restore CA1031
        {
            counters.Fail(Place, error);
        }
    }

    public void Complete() => _queue.Writer.TryComplete();
}
