using LiveFace.WebRtc.Congestion;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Statistics;

namespace LiveFace.WebRtc.Sessions;

/// <summary>
/// The media of one peer over one transport: every m-line of its bundle. It takes decrypted packets and the time, and
/// gives packets, frames and decisions; it owns no socket, clock or thread. One call at a time: the owner serialises.
/// Nothing that the peer sends makes it throw.
/// </summary>
internal sealed class MediaSession
{
    private readonly IMediaSessionEvents _events;
    private readonly PacketBufferPool _pool = new();
    private readonly PathTiming _timing = new();
    private readonly ArrivalRecorder _arrivals = new();
    private readonly BandwidthEstimator _bandwidth;
    private readonly Pacer _pacer;
    private readonly SendQueue _queue;
    private readonly OutgoingSources _outgoing;
    private readonly InboundSources _sources;
    private readonly ReceiveLimit _receiveLimit;
    private readonly RtcpInbox _inbox;
    private readonly RtcpOutbox _outbox;
    private MediaLine[] _lines = [];
    private HeaderExtensionIds _transportIds;
    private bool _tellsArrivals;
    private bool _started;
    private bool _closed;
    private long _unknown;
    private long _malformed;

    public MediaSession(
        IReadOnlyList<NegotiatedMedia> media,
        IPacketSink sink,
        IMediaSessionEvents events,
        MediaSessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(options);
        _events = events;
        _bandwidth = new BandwidthEstimator(options.StartBitrate, options.MinBitrate, options.MaxBitrate);
        _pacer = new Pacer(_bandwidth.Target);
        _queue = new SendQueue(_pacer, _bandwidth);
        _outgoing = new OutgoingSources(sink, _bandwidth, _pacer, _pool, options);
        _sources = new InboundSources(_pool, new SenderClock(), events);
        _receiveLimit = new ReceiveLimit(options.MaxReceiveBitrate);
        _inbox = new RtcpInbox(_sources, _bandwidth, _timing, options.ClockOrigin);
        _outbox = new RtcpOutbox(sink, _sources, _arrivals, _receiveLimit, _timing, options);
        TargetBitrate = _bandwidth.Target;
        SetLines(media);
    }

    /// <summary>When <see cref="Poll"/> wants to be called next; it may move forward after every other call.</summary>
    public TimeSpan NextDeadline { get; private set; } = TimeSpan.MaxValue;

    /// <summary>What the path is thought to bear.</summary>
    public long TargetBitrate { get; private set; }

    /// <summary>Packet buffers that the session holds.</summary>
    internal int BuffersLent => _pool.Lent;

    private bool IsRunning => _started && !_closed;

    /// <summary>
    /// The transport can carry packets. Before this is called nothing is sent, and frames are refused with
    /// <see cref="SendVerdict.WaitingForKeyFrame"/>; with it a key frame is asked for on every m-line that sends.
    /// </summary>
    public void Start(TimeSpan now)
    {
        if (_started)
            return;
        _started = true;
        foreach (var line in _lines)
            line.Video?.KeyFrames.Require();
        Finish(now);
    }

    /// <summary>Takes what a later offer and answer agreed on. Streams that stay keep their state.</summary>
    public void Update(IReadOnlyList<NegotiatedMedia> media, TimeSpan now)
    {
        SetLines(media);
        if (_started)
            Finish(now);
    }

    /// <summary>Takes one decrypted RTP packet.</summary>
    public void ReceiveRtp(ReadOnlySpan<byte> plain, TimeSpan now)
    {
        if (_closed)
            return;
        if (!RtpPacket.TryParse(plain, out var packet))
        {
            _malformed++;
            return;
        }

        var extensions = HeaderExtensionValues.Read(packet, _transportIds);
        if (extensions.TransportSequence is { } transportSequence && _tellsArrivals)
            _arrivals.Add(transportSequence, now);
        else if (extensions.AbsoluteSendTime is { } sendTime && _receiveLimit.Add(sendTime, plain.Length, _timing.RoundTrip, now))
            _outbox.HurryReceiveLimit(now);
        _outbox.OnFlow(now);
        if (_sources.FindOrAdd(packet, now) is not { } source || !source.Receive(packet, extensions, now))
            _unknown++;
        UpdateDeadline(now);
    }

    /// <summary>Takes one decrypted RTCP packet, compound or reduced-size.</summary>
    public void ReceiveRtcp(ReadOnlySpan<byte> plain, TimeSpan now)
    {
        if (_closed)
            return;
        _inbox.Receive(plain, now);
        _bandwidth.RoundTrip = _timing.RoundTrip;
        Finish(now);
    }

    /// <summary>Does what time asks for: NACKs, reports, feedback, paced packets. Gives the next deadline.</summary>
    public TimeSpan Poll(TimeSpan now)
    {
        if (!IsRunning)
            return NextDeadline = TimeSpan.MaxValue;
        _outbox.Poll(now);
        foreach (var source in _sources.All)
        {
            if (source.Video?.Nacks.MeasuredRoundTrip is { } measured)
                _timing.OnMeasured(measured);
        }

        _bandwidth.Poll(now);
        Finish(now);
        return NextDeadline;
    }

    /// <summary>Sends one frame on the first m-line that sends video, or on the one named.</summary>
    public SendVerdict SendVideo(in OutgoingVideoFrame frame, TimeSpan now, string? mid = null)
    {
        foreach (var line in _lines)
        {
            if (line.Video is null || (mid is not null && mid != line.Media.Mid))
                continue;
            if (!IsRunning)
                return SendVerdict.WaitingForKeyFrame;
            var verdict = line.Video.Queue(frame, now);
            if (verdict == SendVerdict.Sent)
                _outbox.OnFlow(now);
            Finish(now);
            return verdict;
        }

        return SendVerdict.NoSuchStream;
    }

    /// <summary>Sends one packet on the first m-line that sends audio, or on the one named.</summary>
    public SendVerdict SendAudio(in OutgoingAudioPacket packet, TimeSpan now, string? mid = null)
    {
        foreach (var line in _lines)
        {
            if (line.Audio is null || (mid is not null && mid != line.Media.Mid))
                continue;
            if (!IsRunning)
                return SendVerdict.WaitingForKeyFrame;
            var verdict = line.Audio.Send(packet, now);
            if (verdict == SendVerdict.Sent)
                _outbox.OnFlow(now);
            UpdateDeadline(now);
            return verdict;
        }

        return SendVerdict.NoSuchStream;
    }

    /// <summary>Asks the peer for a key frame on each m-line that receives video, or on the one named.</summary>
    public void RequestKeyFrame(TimeSpan now, string? mid = null)
    {
        foreach (var source in _sources.All)
        {
            if (source.Video is not null && !source.IsRepair && (mid is null || mid == source.Line.Media.Mid))
                source.Video.KeyFrames.Want();
        }

        UpdateDeadline(now);
    }

    /// <summary>Says BYE for every source of ours (RFC 3550, section 6.6). Nothing is sent after it.</summary>
    public void Close(TimeSpan now)
    {
        if (IsRunning)
            _outbox.SendGoodbye(now);
        _closed = true;
        SetLines([]);
        NextDeadline = TimeSpan.MaxValue;
    }

    /// <summary>A snapshot; this call allocates.</summary>
    public RtcMediaStatistics GetStatistics(TimeSpan now) => new()
    {
        Inbound = StatisticsReader.ReadInbound(_sources.All),
        Outbound = StatisticsReader.ReadOutbound(_lines),
        AvailableOutgoingBitrate = _bandwidth.Target,
        CurrentRoundTripTime = _timing.Reported,
        PacketsUnknown = _unknown,
        PacketsMalformed = _malformed + _inbox.Malformed,
    };

    private void SetLines(IReadOnlyList<NegotiatedMedia> media)
    {
        var before = _lines;
        _lines = [.. media.Where(m => m.Direction != MediaDirection.Inactive).Select(m => new MediaLine(m))];
        foreach (var line in _lines)
        {
            if (_outgoing.Attach(line, before) && _started)
                line.Video?.KeyFrames.Require();
        }

        foreach (var line in before)
            line.Release();

        // In a bundle an id means the same on every m-line (RFC 9143, section 10).
        _transportIds = new HeaderExtensionIds
        {
            TransportSequence = FirstId(e => e.TransportSequence),
            AbsoluteSendTime = FirstId(e => e.AbsoluteSendTime),
            VideoOrientation = FirstId(e => e.VideoOrientation),
        };
        var feedback = _lines.Aggregate(RtcpFeedback.None, (all, line) => all | line.Feedback);
        _tellsArrivals = feedback.HasFlag(RtcpFeedback.TransportWide);
        _receiveLimit.Agree(feedback.HasFlag(RtcpFeedback.Remb), estimate: !_tellsArrivals);
        _sources.SetLines(_lines);
        _inbox.SetLines(_lines);
        _outbox.SetLines(_lines);
        _queue.SetSenders([.. _lines.Where(l => l.Video is not null).Select(l => l.Video!)]);

        byte FirstId(Func<HeaderExtensionIds, byte> id) =>
            _lines.Select(l => id(l.Media.Extensions)).FirstOrDefault(value => value != 0);
    }

    // What each call ends with: packets that may leave do, and decisions are told.
    private void Finish(TimeSpan now)
    {
        if (!IsRunning)
            return;
        var target = _bandwidth.Target;
        if (Math.Abs(target - TargetBitrate) >= TargetBitrate / 100)
        {
            TargetBitrate = target;
            _pacer.SetTarget(target);
            _events.OnTargetBitrateChanged(target);
        }

        foreach (var line in _lines)
        {
            if (line.Video?.KeyFrames.TakeDue(now) == true)
                _events.OnKeyFrameRequested(line.Media.Mid);
        }

        _queue.Pump(now);
        UpdateDeadline(now);
    }

    private void UpdateDeadline(TimeSpan now)
    {
        if (!IsRunning)
            return;
        var next = Min(_outbox.NextDeadline, _queue.NextDeadline(now));
        foreach (var source in _sources.All)
        {
            if (source.Video is not null && !source.IsRepair)
                next = Min(next, source.Video.NextDeadline(_timing.RoundTrip));
        }

        foreach (var line in _lines)
        {
            if (line.Video is not null)
                next = Min(next, line.Video.KeyFrames.NextDeadline);
        }

        NextDeadline = next < now ? now : next;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
