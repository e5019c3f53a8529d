namespace LiveFace.Redaction.FailClosed;

/// <summary>
/// A frame as the fail-closed rules see it: its place in the row of frames, when it came on the server's own clock
/// (a sender's timestamps prove nothing), and the epoch, in which geometry and scene stay the same, and since when.
/// </summary>
public readonly record struct FrameMark(long Index, TimeSpan Time, long Epoch, TimeSpan EpochBegan = default);
