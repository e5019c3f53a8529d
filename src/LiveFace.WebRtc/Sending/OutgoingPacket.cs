namespace LiveFace.WebRtc.Sending;

/// <summary>The fields of a packet that is about to be written.</summary>
internal readonly record struct OutgoingPacket
{
    public required uint Ssrc { get; init; }

    public required byte PayloadType { get; init; }

    public required ushort SequenceNumber { get; init; }

    public required uint Timestamp { get; init; }

    public bool Marker { get; init; }

    /// <summary>Sent along on the last packet of a frame (3GPP TS 26.114, section 7.4.5).</summary>
    public VideoRotation? Rotation { get; init; }

    /// <summary>The receiver does not yet know which m-line the source belongs to.</summary>
    public bool WithMid { get; init; }

    /// <summary>Asks the receiver to hold frames back for this long, and no longer.</summary>
    public TimeSpan? PlayoutDelay { get; init; }

    /// <summary>For a retransmission, what it was sent as first (RFC 4588, section 4).</summary>
    public ushort? OriginalSequence { get; init; }
}
