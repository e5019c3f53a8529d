namespace LiveFace.Rooms.Pipeline;

/// <summary>When a frame was what.</summary>
/// <param name="RtpTimestamp">The sender's own 90 kHz clock.</param>
/// <param name="Capture">When it was captured, on the endpoint's clock, as far as that is known.</param>
/// <param name="Received">The server's timestamp as the frame came in.</param>
/// <param name="RecoveryDelay">How late it came in because of losses on the way.</param>
internal readonly record struct FrameTimes(uint RtpTimestamp, TimeSpan? Capture, long Received, TimeSpan RecoveryDelay);
