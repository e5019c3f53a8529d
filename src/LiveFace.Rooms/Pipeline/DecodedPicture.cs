namespace LiveFace.Rooms.Pipeline;

/// <summary>What is known of the newest picture that was decoded, or lost.</summary>
/// <param name="Times">When it was what.</param>
/// <param name="Rotation">By how many degrees it was turned.</param>
/// <param name="Source">Which publication sent it.</param>
/// <param name="NeedsKeyFrame">Whether it does not go on without a keyframe.</param>
/// <param name="IsLost">Whether the decoder was lost with a frame in it.</param>
internal readonly record struct DecodedPicture(FrameTimes Times, int Rotation, int Source, bool NeedsKeyFrame, bool IsLost);
