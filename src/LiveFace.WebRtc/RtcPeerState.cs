namespace LiveFace.WebRtc;

/// <summary>How far a peer's session is.</summary>
public enum RtcPeerState
{
    /// <summary>The answer is made; nothing has come yet.</summary>
    New,

    /// <summary>The other side was heard; the handshake runs.</summary>
    Connecting,

    /// <summary>Media flows.</summary>
    Connected,

    /// <summary>It is over.</summary>
    Closed,
}
