using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>
/// One thing that a model saw. <paramref name="Class"/> is an index into the model's labels;
/// <paramref name="Landmarks"/> are five points (eyes, nose, mouth corners) where the model gives them;
/// <paramref name="Mask"/> is an index into <see cref="DetectionList.Masks"/>, or −1. <paramref name="Turns"/> is how the picture was
/// turned when it was seen, <paramref name="Scale"/> how many pixels of the model's input showed one of the frame's, and <paramref name="IsConfirmed"/> says that another look saw it as well.
/// </summary>
public readonly record struct DetectedObject(
    BoxF Box, int Class, float Score, FaceLandmarks? Landmarks = null, int Mask = -1,
    QuarterTurns Turns = QuarterTurns.None, float Scale = 1, bool IsConfirmed = false);

/// <summary>Five points of a face, in pixels of the frame.</summary>
public readonly record struct FaceLandmarks(
    float RightEyeX, float RightEyeY, float LeftEyeX, float LeftEyeY, float NoseX, float NoseY,
    float RightMouthX, float RightMouthY, float LeftMouthX, float LeftMouthY);
