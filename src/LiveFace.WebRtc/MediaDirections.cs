namespace LiveFace.WebRtc;

/// <summary>What flows, seen from the server.</summary>
[Flags]
public enum MediaDirections
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Video from the peer to the server.</summary>
    ReceiveVideo = 1,

    /// <summary>Video from the server to the peer.</summary>
    SendVideo = 2,

    /// <summary>Audio from the peer to the server.</summary>
    ReceiveAudio = 4,

    /// <summary>Audio from the server to the peer.</summary>
    SendAudio = 8,

    /// <summary>Everything, both ways.</summary>
    All = ReceiveVideo | SendVideo | ReceiveAudio | SendAudio,
}
