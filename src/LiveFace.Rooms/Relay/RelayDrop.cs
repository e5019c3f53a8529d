namespace LiveFace.Rooms.Relay;

/// <summary>The places at which a relayed picture or packet can be let go, and why.</summary>
public enum RelayDrop
{
    /// <summary>At the owner: the other node is so far behind that its queue is full.</summary>
    QueueFull,

    /// <summary>A picture that stands on one that was let go, or that came before the stream's first keyframe.</summary>
    BeforeKeyFrame,

    /// <summary>At the owner: it waited while a keyframe came that makes it needless.</summary>
    Superseded,

    /// <summary>At the owner: it is larger than one message may be.</summary>
    TooLarge,

    /// <summary>At the owner: more sound waits than the other node takes.</summary>
    SoundQueueFull,

    /// <summary>At the viewers' node: it is of an owner that has been followed by another.</summary>
    OlderEpoch,

    /// <summary>At the viewers' node: a viewer's connection could not take it.</summary>
    ViewerCongested,

    /// <summary>How many places there are.</summary>
    Count,
}
