namespace LiveFace.WebRtc;

/// <summary>One audio packet from a peer, handed over as it arrives: neither delayed nor put in order.</summary>
public readonly ref struct ReceivedAudioPacket
{
    /// <summary>The m-line that it came on.</summary>
    public required string Mid { get; init; }

    /// <summary>The codec of <see cref="Payload"/>.</summary>
    public required RtcCodec Codec { get; init; }

    /// <summary>The encoded sound.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The RTP timestamp, 48 kHz, as it was on the wire.</summary>
    public required uint RtpTimestamp { get; init; }

    /// <summary>The sequence number without its wrap; pass it on when the packet is forwarded.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The marker bit: the first packet after a silence (RFC 7587, section 4.1).</summary>
    public bool Marker { get; init; }

    /// <summary>When it arrived, on the endpoint's clock.</summary>
    public required TimeSpan ArrivalTime { get; init; }

    /// <summary>When it was captured; see <see cref="ReceivedVideoFrame.CaptureTime"/>.</summary>
    public TimeSpan? CaptureTime { get; init; }
}
