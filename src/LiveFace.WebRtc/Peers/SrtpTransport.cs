using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Srtp;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// Between a peer's media session and its paths: what leaves is protected and takes the path that has consent, what
/// comes is opened in place. Each direction has a lock of its caller's; starting takes both.
/// </summary>
#pragma warning disable CA1001 // Each direction's keys are let go by a call of its own, as handlers may still run between them.
internal sealed class SrtpTransport(PeerConnectivity connectivity, EndpointCounters drops, IMediaGate? gate) : IPacketSink
{
    SrtpSender? _protect;
    SrtpReceiver? _unprotect;

    public TransportCounters Counters { get; } = new();

    public void Start(in SrtpKeyMaterial incoming, in SrtpKeyMaterial outgoing)
    {
        _unprotect = new SrtpReceiver(incoming);
        _protect = new SrtpSender(outgoing);
    }

    /// <summary>Opens one packet in place. False if it is refused: without keys, too short, replayed, not authentic.</summary>
    public bool TryOpen(Span<byte> packet, out bool isRtcp, out int length)
    {
        (isRtcp, length) = (false, -1);
        if (_unprotect is { } unprotect && packet.Length >= 2)
        {
            // RFC 5761 4: with rtcp-mux the packet types of RTCP lie from 192 to 223.
            isRtcp = packet[1] is >= 192 and <= 223;
            length = isRtcp ? unprotect.UnprotectRtcp(packet) : unprotect.UnprotectRtp(packet);
        }

        if (length >= 0)
            return true;
        Counters.Refused();
        drops.Drop(DropReason.SrtpRefused);
        return false;
    }

    public void SendRtp(Span<byte> buffer, int length)
    {
        if (_protect is not { } protect)
            return;
        var protectedLength = protect.ProtectRtp(buffer, length);

        // Last, as whatever waited before this, and however long, must not leave behind a closed gate.
        if (gate is { IsOpen: false })
            drops.Drop(DropReason.GateClosed);
        else
            Transmit(buffer, protectedLength);
    }

    public void SendRtcp(Span<byte> buffer, int length)
    {
        if (_protect is { } protect)
            Transmit(buffer, protect.ProtectRtcp(buffer, length));
    }

    public void StopSending()
    {
        _protect?.Dispose();
        _protect = null;
    }

    public void StopReceiving()
    {
        _unprotect?.Dispose();
        _unprotect = null;
    }

    void Transmit(ReadOnlySpan<byte> buffer, int length)
    {
        if (length > 0 && connectivity.Consented is { } path)
            Counters.Sent(length, path.Send(buffer[..length]));
    }
}
