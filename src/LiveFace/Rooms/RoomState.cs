namespace LiveFace.Rooms;

/// <summary>Why the whole picture is covered, if it is.</summary>
internal enum RoomCover
{
    None,
    Asked,
    Starting,
    DetectorUnavailable,
    DetectorLate,
    ModelMissing,
    Changing,
    EffectFailed,
    DecoderLost,
    NoPicture,
}

/// <summary>Who is in a room and what it shows. <c>RoomState</c> in docs/reference/protocol.md.</summary>
internal sealed record RoomState(
    string Room, RoomPublisher? Publisher, int Viewers, int Members, RoomCover Cover, long PolicyVersion)
{
    /// <summary>A moderator lets nobody hear the publisher.</summary>
    public bool Muted { get; init; }
}

internal sealed record RoomPublisher(DateTimeOffset Since, string? Codec, int Width, int Height, bool Audio);
