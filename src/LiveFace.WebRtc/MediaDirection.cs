namespace LiveFace.WebRtc;

/// <summary>Which way the media of an m-line flows, seen from our side.</summary>
[Flags]
internal enum MediaDirection
{
    /// <summary>Neither way.</summary>
    Inactive = 0,

    /// <summary>From us to the peer.</summary>
    SendOnly = 1,

    /// <summary>From the peer to us.</summary>
    ReceiveOnly = 2,

    /// <summary>Both ways.</summary>
    SendReceive = SendOnly | ReceiveOnly,
}
