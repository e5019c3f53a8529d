using System.Threading.Channels;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// Runs the DTLS work of all peers one after another, away from the packet threads. A peer stands in the queue at most
/// once, so the queue is never longer than there are peers.
/// </summary>
internal sealed class HandshakeWorker(Func<TimeSpan> now, int maximumPerAddress)
{
    readonly Channel<PeerHandshake> _queue =
        Channel.CreateUnbounded<PeerHandshake>(new UnboundedChannelOptions { SingleReader = true });

    public SourceQuota Quota { get; } = new(maximumPerAddress);

    public void Enqueue(PeerHandshake handshake) => _queue.Writer.TryWrite(handshake);

    /// <summary>Works until <see cref="Complete"/> and the queue is empty.</summary>
    public async Task RunAsync()
    {
        await foreach (var handshake in _queue.Reader.ReadAllAsync())
            handshake.WorkGuarded(now());
    }

    public void Complete() => _queue.Writer.TryComplete();
}
