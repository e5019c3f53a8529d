namespace LiveFace.WebRtc;

/// <summary>One encoded audio packet to send. The payload is read during the call and not kept.</summary>
public readonly ref struct OutgoingAudioPacket
{
    /// <summary>The codec of <see cref="Payload"/>; it must be one that was negotiated.</summary>
    public required RtcCodec Codec { get; init; }

    /// <summary>The encoded sound.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The 48 kHz timestamp of its first sample; the wire carries it with an offset.</summary>
    public required uint RtpTimestamp { get; init; }

    /// <summary>When it was captured, on the endpoint's clock; the moment of sending if null.</summary>
    public TimeSpan? CaptureTime { get; init; }

    /// <summary>
    /// For a forwarded packet its <see cref="ReceivedAudioPacket.SequenceNumber"/>, so that order and gaps stay as
    /// they were; numbered as they come if null.
    /// </summary>
    public long? SequenceNumber { get; init; }

    /// <summary>The marker bit: the first packet after a silence.</summary>
    public bool Marker { get; init; }
}
