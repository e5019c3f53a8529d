namespace LiveFace.WebRtc;

/// <summary>
/// One whole encoded frame from a peer, in decode order. It lives as long as the callback that gets it: whoever keeps
/// the payload copies it.
/// </summary>
public readonly ref struct ReceivedVideoFrame
{
    /// <summary>The m-line that it came on.</summary>
    public required string Mid { get; init; }

    /// <summary>The codec of <see cref="Payload"/>.</summary>
    public required RtcCodec Codec { get; init; }

    /// <summary>The frame as a decoder takes it (H.264 in Annex B form).</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The RTP timestamp, 90 kHz, as it was on the wire.</summary>
    public required uint RtpTimestamp { get; init; }

    /// <summary>When its last packet arrived, on the endpoint's clock.</summary>
    public required TimeSpan ArrivalTime { get; init; }

    /// <summary>
    /// When it was captured, on the endpoint's clock, read through the peer's sender reports. All streams of a peer
    /// share one offset, so the distance between sound and picture is exact, while both may be off by the way from
    /// the peer to here. Null until a report has come.
    /// </summary>
    public TimeSpan? CaptureTime { get; init; }

    /// <summary>How the picture is to be turned.</summary>
    public VideoRotation Rotation { get; init; }

    /// <summary>The frame stands on no other.</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>
    /// No frame is missing between the one handed over before and this one. A frame after a gap is only handed over
    /// when it can be decoded without what is missing, so every frame may go to the decoder.
    /// </summary>
    public bool IsContiguous { get; init; }

    /// <summary>
    /// How late the frame is because packets were lost and had to be sent again; zero if nothing of it was waited for.
    /// Whoever forwards it passes this on by <see cref="OutgoingVideoFrame.RecoveryDelay"/>.
    /// </summary>
    public TimeSpan RecoveryDelay { get; init; }
}
