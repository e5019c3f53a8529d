using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms;

/// <summary>What was seen in one frame; boxes are parts of the picture. <c>Detections</c> in docs/reference/protocol.md.</summary>
public sealed record RoomDetections(
    string Room, uint RtpTimestamp, long Frame, int Width, int Height, bool Detected, IReadOnlyList<RoomObject> Objects)
{
    /// <summary>The part of the picture before that is shown, where the picture follows people; null is all of it.</summary>
    public RoomBox? View { get; init; }
}

/// <summary>One thing that was seen.</summary>
/// <param name="Track">Its number.</param>
/// <param name="Model">The name by which policies call what found it.</param>
/// <param name="Class">What it is.</param>
/// <param name="Score">How sure the model is.</param>
/// <param name="Box">Where.</param>
/// <param name="Hidden">Whether it is hidden.</param>
/// <param name="Attributes">What was read of a face, where the policy asks for it and anything was.</param>
public sealed record RoomObject(
    int Track, string Model, string Class, float Score, RoomBox Box, bool Hidden, FaceAttributes? Attributes = null);

/// <summary>Parts of the picture, from its upper left corner.</summary>
public readonly record struct RoomBox(float X, float Y, float Width, float Height);
