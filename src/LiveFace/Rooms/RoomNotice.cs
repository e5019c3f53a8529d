namespace LiveFace.Rooms;

internal enum NoticeLevel
{
    Info,
    Warning,
    Error,
}

/// <summary>Something that a person may want to read; codes are in docs/reference/protocol.md.</summary>
internal sealed record RoomNotice(string Room, NoticeLevel Level, string Code, string Message);
