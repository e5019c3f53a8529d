namespace LiveFace.Client.Messages;

/// <summary>Who is in a room and what it shows.</summary>
public sealed record RoomState(string Room, RoomPublisher? Publisher, int Viewers, int Members, string Cover, long PolicyVersion, bool Muted)
{
    /// <summary>What is read of the faces in the picture: "age", "gender", "emotion"; most often nothing.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];
}

/// <summary>Who sends into a room.</summary>
public sealed record RoomPublisher(DateTimeOffset Since, string? Codec, int Width, int Height, bool Audio);

/// <summary>What a room is when one joins it.</summary>
public sealed record RoomSnapshot(RoomState State, RoomPolicy Policy, IReadOnlyList<string> Roles);

/// <summary>What one is told about a room.</summary>
public sealed record JoinOptions(int DetectionsPerSecond = 10, bool Stats = false)
{
    /// <summary>Where a room that is not there yet is made, in a cluster; null: in the region of the node that is asked.</summary>
    public string? Region { get; init; }

    /// <summary>Whether it had better be where models run on a GPU.</summary>
    public bool Gpu { get; init; }
}

/// <summary>What was seen in one frame.</summary>
public sealed record Detections(
    string Room, uint RtpTimestamp, long Frame, int Width, int Height, bool Detected, IReadOnlyList<DetectedTrack> Objects)
{
    /// <summary>The part of the picture before that is shown, where the picture follows people; null is all of it.</summary>
    public PictureBox? View { get; init; }
}

/// <summary>One thing that is followed.</summary>
public sealed record DetectedTrack(int Track, string Model, string Class, float Score, PictureBox Box, bool Hidden)
{
    /// <summary>What was read of a face, where the policy asks for it and anything was.</summary>
    public FaceAttributes? Attributes { get; init; }
}

/// <summary>A room's policy changed.</summary>
public sealed record PolicyChanged(string Room, RoomPolicy Policy);

/// <summary>Something that a person may want to read.</summary>
public sealed record Notice(string Room, string Level, string Code, string Message);

/// <summary>The server lets the connection go.</summary>
/// <param name="Reason">Why, such as <c>shutting-down</c> or <c>moving</c>.</param>
/// <param name="RetryAfterSeconds">When to come back.</param>
/// <param name="To">The node of a cluster to go to, where it is another one; the hub goes there by itself.</param>
public sealed record Goodbye(string Reason, int? RetryAfterSeconds, string? To = null);

/// <summary>A link for others.</summary>
public sealed record ShareLink(
    string Id, string Token, IReadOnlyList<string> Roles, string Pattern, DateTimeOffset Expires, string Url, string? Whip, string? Whep);

/// <summary>What is asked of a link; null is the usual.</summary>
public sealed record ShareRequest(IReadOnlyList<string>? Roles = null, int? Minutes = null, string? Pattern = null, string? Name = null);

/// <summary>A model of the server's.</summary>
public sealed record ModelInfo(
    string Id, string Job, string Title, string Licence, bool Default, string State, string? Reason, IReadOnlyList<string> Classes);
