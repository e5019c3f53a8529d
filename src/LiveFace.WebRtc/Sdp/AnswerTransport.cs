using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Sdp;

/// <summary>What an answer says of our end of the transport.</summary>
internal sealed record AnswerTransport(
    IceCredentials Credentials, IReadOnlyList<IceCandidate> Candidates, Fingerprint Fingerprint);
