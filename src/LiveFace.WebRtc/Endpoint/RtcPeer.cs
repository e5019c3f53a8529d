using LiveFace.WebRtc.Statistics;

namespace LiveFace.WebRtc.Endpoint;

/// <summary>
/// One session with a browser or another WebRTC client.
/// </summary>
/// <remarks>
/// <see cref="VideoReceived"/>, <see cref="AudioReceived"/>, <see cref="KeyFrameRequested"/>,
/// <see cref="TargetBitrateChanged"/> and <see cref="Connected"/> run on the endpoint's packet threads, for one peer
/// one at a time, and never with a lock held that sending needs: a handler may send to this and to any other peer, and
/// may close any. It must return at once, because other peers' packets wait for it: hand heavy work over.
/// <see cref="Closed"/> runs on the thread that finds the session over. All methods may be called from any thread.
/// What a handler throws is counted and dropped.
/// </remarks>
public sealed partial class RtcPeer
{
    /// <summary>A name for the peer, unguessable and unique in its endpoint.</summary>
    public string Id { get; }

    /// <summary>How far the session is.</summary>
    public RtcPeerState State => (RtcPeerState)Volatile.Read(ref _state);

    /// <summary>Which media flow which way.</summary>
    public MediaDirections Directions => _negotiated.Directions;

    /// <summary>The video codec both ways; null if no video was negotiated.</summary>
    public RtcCodec? NegotiatedVideoCodec =>
        _negotiated.Media.FirstOrDefault(media => media.Kind is MediaKind.Video)?.Codecs[0].Codec;

    /// <summary>What the congestion control says that all that is sent to this peer may take, in bits a second.</summary>
    public long TargetBitrate => _media.TargetBitrate;

    /// <summary>A whole video frame came in. The frame stands until the handler returns.</summary>
    public VideoFrameHandler? VideoReceived { get; set; }

    /// <summary>An audio packet came in. It stands until the handler returns.</summary>
    public AudioPacketHandler? AudioReceived { get; set; }

    /// <summary>The other side needs a keyframe to go on. Already throttled.</summary>
    public Action<RtcPeer>? KeyFrameRequested { get; set; }

    /// <summary><see cref="TargetBitrate"/> changed.</summary>
    public Action<RtcPeer, long>? TargetBitrateChanged { get; set; }

    /// <summary>Media can flow. Called once.</summary>
    public Action<RtcPeer>? Connected { get; set; }

    /// <summary>The session is over. Called once, also when it never connected.</summary>
    public Action<RtcPeer, CloseReason>? Closed { get; set; }

    /// <summary>
    /// Sends one encoded frame. It is read during the call and not kept, so one frame may go to any number of peers.
    /// </summary>
    public SendVerdict SendVideo(in OutgoingVideoFrame frame)
    {
        var verdict = _media.SendVideo(frame, _endpoint.Now);
        Wake(_media.NextDeadline);
        return verdict;
    }

    /// <summary>Sends one encoded audio packet.</summary>
    public SendVerdict SendAudio(in OutgoingAudioPacket packet)
    {
        var verdict = _media.SendAudio(packet, _endpoint.Now);
        Wake(_media.NextDeadline);
        return verdict;
    }

    /// <summary>Asks the other side for a keyframe. Calls in quick succession become one request.</summary>
    public void RequestKeyFrame()
    {
        _media.RequestKeyFrame(_endpoint.Now);
        Wake(_media.NextDeadline);
    }

    /// <summary>What the session has carried so far, in the shape of W3C webrtc-stats.</summary>
    public RtcStatistics GetStatistics()
    {
        var now = _endpoint.Now;
        var path = _connectivity.Selected;
        return new()
        {
            Timestamp = now,
            Media = _media.GetStatistics(now),
            Transport = _media.Transport.Read() with
            {
                DtlsState = _handshake.State,
                SrtpCipher = _handshake.Cipher,
                LocalAddress = path?.Link.Local.ToString(),
                RemoteAddress = path?.Key.Remote.ToString(),
                Protocol = path is null ? null : path.Link.IsTcp ? "tcp" : "udp",
                SelectedCandidatePairChanges = _connectivity.Changes,
                ConsentRequestsSent = _connectivity.ConsentRequestsSent,
                ResponsesReceived = _connectivity.ResponsesReceived,
            },
        };
    }

    /// <summary>
    /// Takes a trickled candidate (the value of an a=candidate line; empty for the end of candidates). An ICE-lite
    /// endpoint learns addresses from checks, so it only has to be well-formed.
    /// </summary>
    /// <exception cref="OfferRejectedException">It is not a candidate.</exception>
#pragma warning disable CA1822 // It belongs to a session, whatever the session does with it.
    public void AddRemoteCandidate(string candidate)
#pragma warning restore CA1822
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if (candidate.Length > 0 && !Ice.IceCandidate.IsWellFormed(candidate))
            throw new OfferRejectedException(OfferRejection.Malformed, "This is not an ICE candidate.");
    }

    /// <summary>
    /// Takes a trickle-ice-sdpfrag (RFC 8840), as WHIP and WHEP carry it by PATCH. With new ICE credentials it is a
    /// restart, and the fragment to answer with comes back; with candidates alone, null does.
    /// </summary>
    /// <exception cref="OfferRejectedException">The fragment does not fit the session.</exception>
    public string? ApplyFragment(string sdpFragment)
    {
        ArgumentNullException.ThrowIfNull(sdpFragment);
        return ApplyIceFragment(sdpFragment);
    }

    /// <summary>
    /// Takes a new offer for the same media: with new ICE credentials it is a restart, and directions may change
    /// within the policy. Gives the answer to it.
    /// </summary>
    /// <exception cref="OfferRejectedException">The offer does not fit the session.</exception>
    public string RestartIce(string offerSdp)
    {
        ArgumentNullException.ThrowIfNull(offerSdp);
        return Renegotiate(offerSdp);
    }

    /// <summary>Says goodbye and ends the session. Safe to call more than once.</summary>
    public void Close() => CloseFor(CloseReason.ClosedHere);
}
