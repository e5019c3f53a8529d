namespace LiveFace.WebRtc.Ice;

/// <summary>What a connectivity check means.</summary>
internal enum IceVerdict
{
    /// <summary>Nothing: it is not for this agent or not authentic.</summary>
    Ignored,

    /// <summary>It gets an error response and changes nothing.</summary>
    Refused,

    /// <summary>Its path is valid now.</summary>
    Valid,

    /// <summary>Its path is valid, and the one to send on from now on.</summary>
    Nominated,
}
