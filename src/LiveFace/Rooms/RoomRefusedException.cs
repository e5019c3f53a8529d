namespace LiveFace.Rooms;

internal enum RoomRefusal
{
    TooBusy,
    RoomsFull,
    RoomFull,
    RoomTaken,
    RoomEmpty,
    ShuttingDown,
}

/// <summary>A room or session that is not admitted; the message says why, for a person.</summary>
internal sealed class RoomRefusedException(RoomRefusal reason, string message, TimeSpan retryAfter) : Exception(message)
{
    public RoomRefusal Reason { get; } = reason;

    public TimeSpan RetryAfter { get; } = retryAfter;
}
