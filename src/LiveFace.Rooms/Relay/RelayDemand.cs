namespace LiveFace.Rooms.Relay;

/// <summary>What a node that pulls a room's picture asks of the room's owner; each replaces the one before.</summary>
/// <param name="TargetBitrate">What the way to the slowest viewers takes, in bits a second.</param>
/// <param name="Viewers">Viewers of this codec to whom media can flow.</param>
/// <param name="Sound">Whether the room's sound is to come on this stream.</param>
/// <param name="KeyFrames">How many keyframes were asked for so far.</param>
public readonly record struct RelayDemand(long TargetBitrate, int Viewers, bool Sound, int KeyFrames);
