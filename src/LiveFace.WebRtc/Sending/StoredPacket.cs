namespace LiveFace.WebRtc.Sending;

/// <summary>A payload with what its header is written from.</summary>
internal struct StoredPacket
{
    public byte[]? Buffer;
    public int Length;
    public uint Timestamp;
    public byte PayloadType;
    public byte RtxPayloadType;
    public bool Marker;
    public bool IsOfKeyFrame;
    public VideoRotation? Rotation;
    public TimeSpan RecoveryDelay;
    public TimeSpan Sent;
    public TimeSpan SentAgain;

    public readonly ReadOnlySpan<byte> Payload => Buffer.AsSpan(0, Length);
}
