namespace LiveFace.Rooms;

/// <summary>Why the whole picture is covered, if it is.</summary>
public enum RoomCover
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The policy says so.</summary>
    Asked,

    /// <summary>Nothing was looked at yet.</summary>
    Starting,

    /// <summary>The detector fails.</summary>
    DetectorUnavailable,

    /// <summary>The last look is too long ago.</summary>
    DetectorLate,

    /// <summary>A model of the policy is not there.</summary>
    ModelMissing,

    /// <summary>Another policy needs a look of its own first.</summary>
    Changing,

    /// <summary>An effect could not be drawn.</summary>
    EffectFailed,

    /// <summary>The decoder lost the picture.</summary>
    DecoderLost,

    /// <summary>Nobody sends one.</summary>
    NoPicture,
}

/// <summary>Who is in a room and what it shows. <c>RoomState</c> in docs/reference/protocol.md.</summary>
public sealed record RoomState(
    string Room, RoomPublisher? Publisher, int Viewers, int Members, RoomCover Cover, long PolicyVersion)
{
    /// <summary>A moderator lets nobody hear the publisher.</summary>
    public bool Muted { get; init; }

    /// <summary>What is read of the faces in the picture, in words; most often nothing.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];
}

/// <summary>Who sends, and what.</summary>
public sealed record RoomPublisher(DateTimeOffset Since, string? Codec, int Width, int Height, bool Audio);
