namespace LiveFace.WebRtc.Dtls;

/// <summary>How far a DTLS session is.</summary>
internal enum DtlsState
{
    Handshaking,
    Connected,
    Failed,

    /// <summary>The other side said close_notify.</summary>
    Closed,
}
