using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Srtp;
using LiveFace.WebRtc.Statistics;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// The media of one peer: SRTP below the session, the application above it, and the locks that make handlers safe. One
/// lock serialises receiving and is held while handlers run. The other guards the session, and is never held while
/// anything outside is called but the socket. A handler of one peer may so send to another while that one's handler
/// sends back.
/// </summary>
internal sealed class PeerMedia
{
    readonly Lock _receiving = new();
    readonly Lock _session = new();
    readonly DeferredEvents _deferred = new();
    readonly SrtpTransport _transport;
    readonly MediaSession _media;
    readonly PeerConnectivity _connectivity;
    readonly IMediaSessionEvents _application;
    bool _closed;

    public PeerMedia(
        PeerConnectivity connectivity,
        IReadOnlyList<NegotiatedMedia> media,
        MediaSessionOptions options,
        EndpointCounters counters,
        IMediaGate? gate,
        IMediaSessionEvents application)
    {
        (_connectivity, _application) = (connectivity, application);
        _transport = new SrtpTransport(connectivity, counters, gate);
        _media = new MediaSession(media, _transport, _deferred, options);
    }

    public TransportCounters Transport => _transport.Counters;

    public long TargetBitrate => _media.TargetBitrate;

    /// <summary>When <see cref="Poll"/> wants to be called.</summary>
    public TimeSpan NextDeadline { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The keys are there: media flows, and the application hears of it before anything is received.</summary>
    public void Start(in SrtpKeyMaterial incoming, in SrtpKeyMaterial outgoing, TimeSpan now, Action connected)
    {
        lock (_receiving)
        {
            lock (_session)
            {
                if (_closed)
                    return;
                _transport.Start(incoming, outgoing);
            }

            connected();
            lock (_session)
            {
                _media.Start(now);
                NextDeadline = _media.NextDeadline;
            }

            Deliver();
        }
    }

    /// <summary>Takes one SRTP or SRTCP packet from a validated path.</summary>
    public void Receive(PeerPath path, Span<byte> packet, TimeSpan now)
    {
        lock (_receiving)
        {
            if (!_transport.TryOpen(packet, out var isRtcp, out var length))
                return;

            _connectivity.Heard(path, now);
            lock (_session)
            {
                if (isRtcp)
                    _media.ReceiveRtcp(packet[..length], now);
                else
                    _media.ReceiveRtp(packet[..length], now);
                PollIfDue(now);
            }

            Deliver();
        }
    }

    /// <summary>Does what time asks for.</summary>
    public void Poll(TimeSpan now)
    {
        // A peer whose handler is slow makes only itself wait.
        if (!_receiving.TryEnter())
        {
            NextDeadline = now + TimeSpan.FromMilliseconds(1);
            return;
        }

        try
        {
            lock (_session)
                PollIfDue(now);
            Deliver();
        }
        finally
        {
            _receiving.Exit();
        }
    }

    public SendVerdict SendVideo(in OutgoingVideoFrame frame, TimeSpan now)
    {
        lock (_session)
        {
            if (_closed)
                return SendVerdict.NoSuchStream;
            var verdict = _media.SendVideo(frame, now);
            NextDeadline = WakeTime(now);
            return verdict;
        }
    }

    public SendVerdict SendAudio(in OutgoingAudioPacket packet, TimeSpan now)
    {
        lock (_session)
        {
            if (_closed)
                return SendVerdict.NoSuchStream;
            var verdict = _media.SendAudio(packet, now);
            NextDeadline = WakeTime(now);
            return verdict;
        }
    }

    public void RequestKeyFrame(TimeSpan now)
    {
        lock (_session)
        {
            if (_closed)
                return;
            _media.RequestKeyFrame(now);
            NextDeadline = WakeTime(now);
        }
    }

    public void Update(IReadOnlyList<NegotiatedMedia> media, TimeSpan now)
    {
        lock (_session)
        {
            if (_closed)
                return;
            _media.Update(media, now);
            NextDeadline = WakeTime(now);
        }
    }

    public RtcMediaStatistics GetStatistics(TimeSpan now)
    {
        lock (_session)
            return _media.GetStatistics(now);
    }

    /// <summary>Says BYE; nothing is sent after it.</summary>
    public void Close(TimeSpan now)
    {
        lock (_session)
        {
            if (_closed)
                return;
            _closed = true;
            _media.Close(now);
            _transport.StopSending();
        }
    }

    /// <summary>Lets go of the keys for receiving. Waits for a handler that runs.</summary>
    public void Release()
    {
        lock (_receiving)
            _transport.StopReceiving();
    }

    void PollIfDue(TimeSpan now)
    {
        if (!_closed && _media.NextDeadline <= now)
            _media.Poll(now);
        NextDeadline = _closed ? TimeSpan.MaxValue : _media.NextDeadline;
    }

    /// <summary>A sending call may run in a handler: what it decided is delivered by the timer, at once.</summary>
    TimeSpan WakeTime(TimeSpan now) => _deferred.HasDecisions ? now : _media.NextDeadline;

    void Deliver()
    {
        SessionDecisions decisions;
        lock (_session)
            decisions = _deferred.TakeDecisions();
        _deferred.Deliver(decisions, _application);
    }
}
