using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms;

/// <summary>What a peer's connection carries, measured from one reading to the next.</summary>
internal sealed class PeerReport
{
    private readonly Lock _gate = new();
    private RtcPeer? _peer;
    private TimeSpan _at;
    private long _in;
    private long _out;
    private RoomPeer? _last;

    public RoomPeer? Read(RoomSession? session)
    {
        if (session is null)
            return null;
        var statistics = session.Peer.GetStatistics();
        var inbound = statistics.Media.Inbound.FirstOrDefault(stream => stream.Kind == MediaKind.Video);
        var outbound = statistics.Media.Outbound.FirstOrDefault(stream => stream.Kind == MediaKind.Video);
        lock (_gate)
        {
            // Several readers in the same half second share one measurement.
            var elapsed = (statistics.Timestamp - _at).TotalSeconds;
            if (_last is { } recent && ReferenceEquals(_peer, session.Peer) && elapsed < 0.5)
                return recent;
            var fresh = !ReferenceEquals(_peer, session.Peer);
            var received = inbound?.PacketsReceived ?? 0;
            var lost = Math.Max(0, inbound?.PacketsLost ?? 0);
            _last = new RoomPeer(
                statistics.Media.CurrentRoundTripTime is { } rtt ? Math.Round(rtt.TotalMilliseconds, 1) : null,
                Math.Round(inbound?.Jitter.TotalMilliseconds ?? 0, 1),
                received + lost == 0 ? 0 : Math.Round(100.0 * lost / (received + lost), 2),
                Kbps(statistics.Transport.BytesReceived - _in, elapsed, fresh),
                Kbps(statistics.Transport.BytesSent - _out, elapsed, fresh),
                outbound is null ? 0 : session.Peer.TargetBitrate / 1000.0,
                statistics.Transport.Protocol);
            (_peer, _at) = (session.Peer, statistics.Timestamp);
            (_in, _out) = (statistics.Transport.BytesReceived, statistics.Transport.BytesSent);
            return _last;
        }
    }

    private static double Kbps(long bytes, double seconds, bool fresh) =>
        fresh || seconds <= 0 ? 0 : Math.Round(bytes * 8 / seconds / 1000, 1);
}
