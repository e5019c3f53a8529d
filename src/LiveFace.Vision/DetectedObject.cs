namespace LiveFace.Vision;

/// <summary>
/// One thing that a model saw. <paramref name="Class"/> is an index into the model's labels;
/// <paramref name="Landmarks"/> are five points (eyes, nose, mouth corners) where the model gives them;
/// <paramref name="Mask"/> is an index into <see cref="DetectionList.Masks"/>, or −1.
/// </summary>
public readonly record struct DetectedObject(
    BoxF Box, int Class, float Score, FaceLandmarks? Landmarks = null, int Mask = -1);

/// <summary>Five points of a face, in pixels of the frame.</summary>
public readonly record struct FaceLandmarks(
    float RightEyeX, float RightEyeY, float LeftEyeX, float LeftEyeY, float NoseX, float NoseY,
    float RightMouthX, float RightMouthY, float LeftMouthX, float LeftMouthY);
