namespace LiveFace.WebRtc.Statistics;

/// <summary>What a session has carried, with the names and meanings of W3C webrtc-stats.</summary>
public sealed record RtcStatistics
{
    /// <summary>When it was read, on the endpoint's clock.</summary>
    public required TimeSpan Timestamp { get; init; }

    /// <summary>The transport (RTCTransportStats and the selected RTCIceCandidatePairStats).</summary>
    public required TransportStatistics Transport { get; init; }

    /// <summary>The streams both ways.</summary>
    public required RtcMediaStatistics Media { get; init; }
}
