using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Srtp;
using LiveFace.WebRtc.Statistics;
using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// The media of one peer: SRTP round the session. Two locks make handlers safe: one serialises receiving and is held
/// while handlers run, the other guards the session and is never held while anything outside is called but the socket.
/// A handler of one peer may so send to another while that one's handler sends back.
/// </summary>
#pragma warning disable CA1001 // The keys are let go in two steps, Close and Release, because handlers may still run between them.
internal sealed class PeerMedia : IPacketSink, IMediaSessionEvents
{
    readonly Lock _receiving = new();
    readonly Lock _session = new();
    readonly DeferredEvents _deferred = new();
    readonly RtcPeer _peer;
    readonly MediaSession _media;
    readonly PeerConnectivity _connectivity;
    readonly EndpointCounters _counters;
    SrtpSender? _protect;
    SrtpReceiver? _unprotect;
    bool _keyFrameWanted;
    long _newTarget;
    bool _disposed;

    public PeerMedia(
        RtcPeer peer,
        PeerConnectivity connectivity,
        IReadOnlyList<NegotiatedMedia> media,
        MediaSessionOptions options,
        EndpointCounters counters)
    {
        (_peer, _connectivity, _counters) = (peer, connectivity, counters);
        _media = new MediaSession(media, this, this, options);
    }

    public TransportCounters Transport { get; } = new();

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
                if (_disposed)
                    return;
                _unprotect = new SrtpReceiver(incoming);
                _protect = new SrtpSender(outgoing);
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
            if (_unprotect is null || packet.Length < 2)
            {
                Refuse();
                return;
            }

            // RFC 5761 4: with rtcp-mux the packet types of RTCP lie from 192 to 223.
            var isRtcp = packet[1] is >= 192 and <= 223;
            var length = isRtcp ? _unprotect.UnprotectRtcp(packet) : _unprotect.UnprotectRtp(packet);
            if (length < 0)
            {
                Refuse();
                return;
            }

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
            if (_disposed)
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
            if (_disposed)
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
            if (_disposed)
                return;
            _media.RequestKeyFrame(now);
            NextDeadline = WakeTime(now);
        }
    }

    public void Update(IReadOnlyList<NegotiatedMedia> media, TimeSpan now)
    {
        lock (_session)
        {
            if (_disposed)
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
            if (_disposed)
                return;
            _disposed = true;
            _media.Close(now);
            _protect?.Dispose();
            _protect = null;
        }
    }

    /// <summary>Lets go of the keys for receiving. Waits for a handler that runs.</summary>
    public void Release()
    {
        lock (_receiving)
        {
            _unprotect?.Dispose();
            _unprotect = null;
        }
    }

    void IPacketSink.SendRtp(Span<byte> buffer, int length)
    {
        if (_protect is { } protect)
            Transmit(buffer, protect.ProtectRtp(buffer, length));
    }

    void IPacketSink.SendRtcp(Span<byte> buffer, int length)
    {
        if (_protect is { } protect)
            Transmit(buffer, protect.ProtectRtcp(buffer, length));
    }

    void IMediaSessionEvents.OnVideoFrame(in ReceivedVideoFrame frame) => _deferred.Add(frame);

    void IMediaSessionEvents.OnAudioPacket(in ReceivedAudioPacket packet) => _deferred.Add(packet);

    void IMediaSessionEvents.OnKeyFrameRequested(string mid) => _keyFrameWanted = true;

    void IMediaSessionEvents.OnTargetBitrateChanged(long bitsPerSecond) => _newTarget = bitsPerSecond;

    void Transmit(ReadOnlySpan<byte> buffer, int length)
    {
        if (length == 0 || _connectivity.Consented is not { } path)
            return;
        Transport.Sent(length, path.Send(buffer[..length]));
    }

    void PollIfDue(TimeSpan now)
    {
        if (!_disposed && _media.NextDeadline <= now)
            _media.Poll(now);
        NextDeadline = _disposed ? TimeSpan.MaxValue : _media.NextDeadline;
    }

    /// <summary>What a sending call has to say to the application is said by the timer, at once.</summary>
    TimeSpan WakeTime(TimeSpan now) => _keyFrameWanted || _newTarget != 0 ? now : _media.NextDeadline;

    void Deliver()
    {
        bool keyFrame;
        long target;
        lock (_session)
        {
            (keyFrame, _keyFrameWanted) = (_keyFrameWanted, false);
            (target, _newTarget) = (_newTarget, 0);
        }

        if (keyFrame)
            _peer.OnKeyFrameWanted();
        if (target != 0)
            _peer.OnTarget(target);
        if (!_deferred.IsEmpty)
            _deferred.Deliver(_peer);
    }

    void Refuse()
    {
        Transport.Refused();
        _counters.Drop(DropReason.SrtpRefused);
    }
}
