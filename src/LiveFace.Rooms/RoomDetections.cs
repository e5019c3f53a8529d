namespace LiveFace.Rooms;

/// <summary>What was seen in one frame; boxes are parts of the picture. <c>Detections</c> in docs/reference/protocol.md.</summary>
public sealed record RoomDetections(
    string Room, uint RtpTimestamp, long Frame, int Width, int Height, bool Detected, IReadOnlyList<RoomObject> Objects);

/// <summary>One thing that was seen.</summary>
public sealed record RoomObject(int Track, string Model, string Class, float Score, RoomBox Box, bool Hidden);

/// <summary>Parts of the picture, from its upper left corner.</summary>
public readonly record struct RoomBox(float X, float Y, float Width, float Height);
