using LiveFace.WebRtc.Congestion;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Sessions;

/// <summary>Gives each m-line that sends its sender: the one it had, or a new one that goes on where its SSRC was.</summary>
internal sealed class OutgoingSources(
    IPacketSink sink, BandwidthEstimator bandwidth, Pacer pacer, PacketBufferPool pool, MediaSessionOptions options)
{
    private readonly Dictionary<uint, OutgoingSource> _bySsrc = [];

    /// <summary>True if a sender is new to its receiver's eyes: it begins with a key frame.</summary>
    public bool Attach(MediaLine line, MediaLine[] before)
    {
        var old = Array.Find(before, other => other.Media.Mid == line.Media.Mid);
        if (old is not null)
            line.Counters = old.Counters;
        if (!line.Sends)
            return false;
        if (old?.Sender is not null && old.SendsLike(line.Media))
        {
            (line.Video, line.Audio) = (old.Video, old.Audio);
            (old.Video, old.Audio) = (null, null);
            return false;
        }

        old?.Release();
        var transmitter = new PacketTransmitter(line.Media, sink, bandwidth, options.MaxPacketSize);
        var source = SourceOf(line.Media);
        if (line.Media.Kind == MediaKind.Video)
            line.Video = new VideoSender(
                line.Media, transmitter, pacer, pool, source, new PlayoutDelay(options.MaxPlayoutDelay));
        else
            line.Audio = new AudioSender(line.Media, transmitter, source);
        return true;
    }

    private OutgoingSource SourceOf(NegotiatedMedia media)
    {
        if (!_bySsrc.TryGetValue(media.LocalSsrc, out var source))
        {
            var clockRate = media.Kind == MediaKind.Video ? 90_000 : 48_000;
            _bySsrc[media.LocalSsrc] = source = new OutgoingSource(media.LocalSsrc, clockRate, options.Random);
        }

        return source;
    }
}
