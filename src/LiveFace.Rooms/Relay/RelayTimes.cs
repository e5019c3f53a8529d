namespace LiveFace.Rooms.Relay;

/// <summary>The times of a relayed picture.</summary>
/// <param name="RtpTimestamp">The room's own 90 kHz timestamp.</param>
/// <param name="CaptureTime">When it was captured, as far as that is known: at first on the owner's clock, then on this node's.</param>
/// <param name="RecoveryDelay">How late it came in at the owner because of losses on the way.</param>
public readonly record struct RelayTimes(uint RtpTimestamp, TimeSpan? CaptureTime, TimeSpan RecoveryDelay);
