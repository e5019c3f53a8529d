namespace LiveFace.WebRtc;

/// <summary>Why a peer's session ended.</summary>
public enum CloseReason
{
    /// <summary><see cref="Endpoint.RtcPeer.Close"/> was called.</summary>
    ClosedHere,

    /// <summary>The other side said goodbye (DTLS close_notify).</summary>
    ClosedByPeer,

    /// <summary>No connection stood within <see cref="RtcEndpointOptions.ConnectTimeout"/>.</summary>
    NeverConnected,

    /// <summary>The other side neither answered nor was heard for <see cref="RtcEndpointOptions.ConsentTimeout"/> (RFC 7675).</summary>
    ConsentLost,

    /// <summary>The DTLS handshake failed.</summary>
    HandshakeFailed,

    /// <summary>The other side's certificate is not the one that its offer names (RFC 8122).</summary>
    WrongCertificate,

    /// <summary>Something failed inside the library; only this session is ended by it.</summary>
    Failed,

    /// <summary>The endpoint was stopped.</summary>
    EndpointStopped,
}
