namespace LiveFace.WebRtc;

/// <summary>
/// One encoded frame to send. The payload is read during the call and not kept, so an encoder's own memory may stand
/// behind it, and the same frame may be sent to any number of peers.
/// </summary>
public readonly ref struct OutgoingVideoFrame
{
    /// <summary>The codec of <see cref="Payload"/>; it must be one that was negotiated.</summary>
    public required RtcCodec Codec { get; init; }

    /// <summary>The frame as an encoder gives it (H.264 in Annex B form).</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The frame stands on no other.</summary>
    public required bool IsKeyFrame { get; init; }

    /// <summary>When it was captured, on the endpoint's clock; the moment of sending if null.</summary>
    public TimeSpan? CaptureTime { get; init; }

    /// <summary>
    /// The 90 kHz timestamp to keep the rhythm of when a stream is forwarded; the wire carries it with an offset. Made
    /// from <see cref="CaptureTime"/> if null.
    /// </summary>
    public uint? RtpTimestamp { get; init; }

    /// <summary>
    /// The wire carries <see cref="RtpTimestamp"/> as it is, so that every receiver of one stream sees the same and what
    /// is told of a frame elsewhere can name it. Whoever sets this keeps the timestamps going without jumps and begins
    /// them at random (RFC 3550, section 5.1).
    /// </summary>
    public bool KeepsTimestamp { get; init; }

    /// <summary>
    /// How late the frame is because of losses on its way to here (<see cref="ReceivedVideoFrame.RecoveryDelay"/>). Where
    /// that happens again and again the receiver is asked to hold frames back for as long, so that the picture moves
    /// evenly; see <see cref="MediaPolicy.MaximumPlayoutDelay"/>.
    /// </summary>
    public TimeSpan RecoveryDelay { get; init; }

    /// <summary>How the picture is to be turned by whoever shows it.</summary>
    public VideoRotation Rotation { get; init; }
}
