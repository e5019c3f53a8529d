namespace LiveFace.Rooms;

/// <summary>How much it matters.</summary>
public enum NoticeLevel
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Somebody may want to act.</summary>
    Warning,

    /// <summary>Somebody has to act.</summary>
    Error,
}

/// <summary>Something that a person may want to read; codes are in docs/reference/protocol.md.</summary>
public sealed record RoomNotice(string Room, NoticeLevel Level, string Code, string Message);
