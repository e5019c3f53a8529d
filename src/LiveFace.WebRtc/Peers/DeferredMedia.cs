namespace LiveFace.WebRtc.Peers;

internal readonly record struct DeferredMedia(
    string Mid, RtcCodec Codec, int Offset, int Length, uint RtpTimestamp, TimeSpan ArrivalTime)
{
    public TimeSpan? CaptureTime { get; init; }

    public VideoRotation Rotation { get; init; }

    public bool IsKeyFrame { get; init; }

    public bool IsContiguous { get; init; }

    public TimeSpan RecoveryDelay { get; init; }

    public long SequenceNumber { get; init; }

    public bool Marker { get; init; }
}
