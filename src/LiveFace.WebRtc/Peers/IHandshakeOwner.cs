using LiveFace.WebRtc.Dtls;

namespace LiveFace.WebRtc.Peers;

/// <summary>The session whose handshake it is. All calls come from the handshake worker.</summary>
internal interface IHandshakeOwner
{
    DtlsSession CreateDtls();

    /// <summary>The keys are there. Our last flight has not left yet.</summary>
    void OnHandshakeDone(DtlsSession session, TimeSpan now);

    /// <summary>The handshake wants to be called no later than this.</summary>
    void Wake(TimeSpan at);

    void CloseFor(CloseReason reason);

    /// <summary>The goodbye is on the wire and the session freed: nothing more is sent.</summary>
    void OnReleased();
}
