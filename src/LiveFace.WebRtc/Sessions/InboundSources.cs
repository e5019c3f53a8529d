using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sessions;

/// <summary>
/// Finds whose packet it is: by SSRC where that is known, else by MID, else by a payload type that one m-line alone has
/// (RFC 9143, section 9.2). The number of sources is bounded; a silent one makes room for a new one.
/// </summary>
internal sealed class InboundSources(PacketBufferPool pool, SenderClock senderClock, IMediaSessionEvents events)
{
    public const int MaxPerLine = 4;
    public const int MaxSources = 32;

    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(2);

    private readonly Dictionary<uint, InboundSource> _bySsrc = [];
    private readonly List<InboundSource> _all = [];
    private MediaLine[] _lines = [];
    private byte _midId;

    public List<InboundSource> All => _all;

    public void SetLines(MediaLine[] lines)
    {
        _lines = lines;
        _midId = lines.Select(l => l.Media.Extensions.Mid).FirstOrDefault(id => id != 0);
        for (var i = _all.Count - 1; i >= 0; i = Math.Min(i, _all.Count) - 1)
        {
            var kept = lines.FirstOrDefault(l => l.Receives && l.Media.Mid == _all[i].Line.Media.Mid
                && l.Media.Kind == _all[i].Line.Media.Kind);
            if (kept is null)
                RemoveAt(i);
            else
                _all[i].Line = kept;
        }
    }

    public InboundSource? Find(uint ssrc) => _bySsrc.GetValueOrDefault(ssrc);

    /// <summary>Finds or makes the source of a packet; null if it fits nowhere.</summary>
    public InboundSource? FindOrAdd(in RtpPacket packet, TimeSpan now)
    {
        if (!_bySsrc.TryGetValue(packet.Ssrc, out var source))
        {
            var line = LineOf(packet);
            if (line is null || !line.Receives)
                return null;
            source = Make(line, packet, now);
            if (source is null)
                return null;
            _bySsrc.Add(packet.Ssrc, source);
            _all.Add(source);
        }

        source.LastPacket = now;
        return source;
    }

    /// <summary>The peer said BYE for it.</summary>
    public void Remove(uint ssrc)
    {
        if (_bySsrc.TryGetValue(ssrc, out var source))
            RemoveAt(_all.IndexOf(source));
    }

    private MediaLine? LineOf(in RtpPacket packet)
    {
        foreach (var line in _lines)
        {
            for (var i = 0; i < line.Media.RemoteSources.Count; i++)
            {
                var remote = line.Media.RemoteSources[i];
                if (packet.Ssrc == remote.Ssrc || (packet.Ssrc == remote.RtxSsrc && remote.RtxSsrc != 0))
                    return line;
            }
        }

        if (_midId != 0 && !packet.Extensions.IsEmpty)
        {
            var values = HeaderExtensionValues.Read(packet, new HeaderExtensionIds { Mid = _midId });
            foreach (var line in _lines)
            {
                if (!values.Mid.IsEmpty && values.Mid.SequenceEqual(line.MidBytes))
                    return line;
            }
        }

        MediaLine? only = null;
        foreach (var line in _lines)
        {
            if (line.CodecOf(packet.PayloadType) is null && line.RepairedBy(packet.PayloadType) is null)
                continue;
            if (only is not null)
                return null;
            only = line;
        }

        return only;
    }

    private InboundSource? Make(MediaLine line, in RtpPacket packet, TimeSpan now)
    {
        if (line.RepairedBy(packet.PayloadType) is not null)
        {
            var repaired = RepairedSource(line, packet.Ssrc);
            return repaired is null || !MakeRoom(line, isRepair: true, now)
                ? null
                : new InboundSource(line, repaired, null, isRepair: true);
        }

        if (line.CodecOf(packet.PayloadType) is not { } codec || !MakeRoom(line, isRepair: false, now))
            return null;
        return line.Media.Kind == MediaKind.Audio
            ? new InboundSource(
                line, null, new AudioReceiver(line.Media.Mid, packet.Ssrc, codec.ClockRate, senderClock, events), false)
            : new InboundSource(
                line,
                new VideoReceiver(
                    line.Media.Mid, packet.Ssrc, codec.ClockRate, line.Feedback.HasFlag(RtcpFeedback.Nack),
                    senderClock, pool, events),
                null, false);
    }

    // RFC 4588, section 5.3: by the group of the description, else the source of the same m-line that is the newest.
    private VideoReceiver? RepairedSource(MediaLine line, uint rtxSsrc)
    {
        for (var i = 0; i < line.Media.RemoteSources.Count; i++)
        {
            var remote = line.Media.RemoteSources[i];
            if (remote.RtxSsrc == rtxSsrc)
                return Find(remote.Ssrc)?.Video;
        }

        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i].Line == line && !_all[i].IsRepair)
                return _all[i].Video;
        }

        return null;
    }

    private bool MakeRoom(MediaLine line, bool isRepair, TimeSpan now)
    {
        int oldest = -1, count = 0;
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i].Line != line || _all[i].IsRepair != isRepair)
                continue;
            count++;
            if (oldest < 0 || _all[i].LastPacket < _all[oldest].LastPacket)
                oldest = i;
        }

        if (count < MaxPerLine)
            return _all.Count < MaxSources;
        if (now - _all[oldest].LastPacket < Silent)
            return false;
        RemoveAt(oldest);
        return true;
    }

    private void RemoveAt(int index)
    {
        var source = _all[index];
        _all.RemoveAt(index);
        foreach (var (ssrc, entry) in _bySsrc)
        {
            if (entry != source)
                continue;
            _bySsrc.Remove(ssrc);
            break;
        }

        if (source.IsRepair || source.Video is null)
            return;
        source.Video.Release();
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i].IsRepair && _all[i].Video == source.Video)
                RemoveAt(i);
        }
    }
}
