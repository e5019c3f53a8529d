namespace LiveFace.WebRtc;

/// <summary>What became of something that was to be sent.</summary>
public enum SendVerdict
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>No m-line of the session sends this kind.</summary>
    NoSuchStream,

    /// <summary>The peer did not agree to this codec.</summary>
    CodecNotNegotiated,

    /// <summary>
    /// What waits in the pacer is already too late to add to. The frame is dropped and a key frame is asked for.
    /// </summary>
    Congested,

    /// <summary>A delta frame that stands on one that was not sent; nothing goes out until a key frame comes.</summary>
    WaitingForKeyFrame,

    /// <summary>The payload is empty, too large, or not what its codec says.</summary>
    Malformed,
}
