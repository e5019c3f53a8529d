namespace LiveFace.Rooms;

/// <summary>What was seen in one frame; boxes are parts of the picture. <c>Detections</c> in docs/reference/protocol.md.</summary>
internal sealed record RoomDetections(
    string Room, uint RtpTimestamp, long Frame, int Width, int Height, bool Detected, IReadOnlyList<RoomObject> Objects);

internal sealed record RoomObject(int Track, string Model, string Class, float Score, RoomBox Box, bool Hidden);

internal readonly record struct RoomBox(float X, float Y, float Width, float Height);
