using LiveFace.WebRtc.Statistics;

namespace LiveFace.WebRtc;

#pragma warning disable CA1822 // The signatures come first; each gets its state with its behaviour.
/// <summary>
/// One session with a browser or another WebRTC client.
/// </summary>
/// <remarks>
/// Handlers run on the endpoint's packet threads, for one peer one at a time and never with a lock held that sending
/// needs: a handler may send to this and to any other peer, and may close any. It must return at once, because other
/// peers' packets wait for it: hand heavy work over. <see cref="SendVideo"/>, <see cref="SendAudio"/> and the rest may
/// be called from any thread. What a handler throws is counted and dropped.
/// </remarks>
public sealed partial class RtcPeer
{
    internal RtcPeer(string id) => Id = id;

    /// <summary>A name for the peer, unguessable and unique in its endpoint.</summary>
    public string Id { get; }

    /// <summary>How far the session is.</summary>
    public RtcPeerState State { get; private set; }

    /// <summary>Which media flow which way.</summary>
    public MediaDirections Directions { get; private set; }

    /// <summary>The video codec both ways; null if no video was negotiated.</summary>
    public RtcCodec? NegotiatedVideoCodec { get; private set; }

    /// <summary>What the congestion control says that all that is sent to this peer may take, in bits a second.</summary>
    public long TargetBitrate { get; private set; }

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
    public SendVerdict SendVideo(in OutgoingVideoFrame frame) => SendVerdict.NoSuchStream;

    /// <summary>Sends one encoded audio packet.</summary>
    public SendVerdict SendAudio(in OutgoingAudioPacket packet) => SendVerdict.NoSuchStream;

    /// <summary>Asks the other side for a keyframe. Calls in quick succession become one request.</summary>
    public void RequestKeyFrame()
    {
    }

    /// <summary>What the session has carried so far, in the shape of W3C webrtc-stats.</summary>
    public RtcStatistics GetStatistics() => throw new InvalidOperationException();

    /// <summary>
    /// Takes a trickled candidate (the value of an a=candidate line; empty for the end of candidates). An ICE-lite
    /// endpoint learns addresses from checks, so it only has to be well-formed.
    /// </summary>
    /// <exception cref="OfferRejectedException">It is not a candidate.</exception>
    public void AddRemoteCandidate(string candidate)
    {
    }

    /// <summary>
    /// Takes a trickle-ice-sdpfrag (RFC 8840), as WHIP and WHEP carry it by PATCH. With new ICE credentials it is a
    /// restart, and the fragment to answer with comes back; with candidates alone, null does.
    /// </summary>
    /// <exception cref="OfferRejectedException">The fragment does not fit the session.</exception>
    public string? ApplyFragment(string sdpFragment) => null;

    /// <summary>Takes a new offer with new ICE credentials for the same media and gives the answer to it.</summary>
    /// <exception cref="OfferRejectedException">The offer does not fit the session.</exception>
    public string RestartIce(string offerSdp) => "";

    /// <summary>Says goodbye and ends the session. Safe to call more than once.</summary>
    public void Close()
    {
    }
}
