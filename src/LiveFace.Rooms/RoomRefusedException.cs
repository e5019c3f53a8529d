namespace LiveFace.Rooms;

/// <summary>Why somebody is not admitted.</summary>
public enum RoomRefusal
{
    /// <summary>The processors have no time left.</summary>
    TooBusy,

    /// <summary>There are as many rooms as there may be.</summary>
    RoomsFull,

    /// <summary>The room has as many viewers as it may.</summary>
    RoomFull,

    /// <summary>Somebody publishes there.</summary>
    RoomTaken,

    /// <summary>Nobody publishes there.</summary>
    RoomEmpty,

    /// <summary>The server or the room is about to end.</summary>
    ShuttingDown,

    /// <summary>It is not known who has the room, or whoever has it does not answer.</summary>
    Unreachable,
}

/// <summary>A room or session that is not admitted; the message says why, for a person.</summary>
public class RoomRefusedException(RoomRefusal reason, string message, TimeSpan retryAfter, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public RoomRefusal Reason { get; } = reason;

    /// <summary>When it is worth another try.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
