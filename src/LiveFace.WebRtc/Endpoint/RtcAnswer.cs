namespace LiveFace.WebRtc.Endpoint;

/// <summary>The outcome of an accepted offer.</summary>
/// <param name="Peer">The new peer. Put handlers on it before the answer goes out.</param>
/// <param name="Sdp">The answer for the other side.</param>
public sealed record RtcAnswer(RtcPeer Peer, string Sdp);
