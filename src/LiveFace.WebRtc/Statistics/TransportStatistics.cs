namespace LiveFace.WebRtc.Statistics;

/// <summary>RTCTransportStats and the selected pair of RTCIceCandidatePairStats.</summary>
public sealed record TransportStatistics
{
    /// <summary>Datagrams sent, of any kind.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Datagrams received, of any kind, from validated addresses.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>Bytes sent, without IP and UDP headers.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes received, without IP and UDP headers.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Datagrams dropped because authentication or replay protection refused them.</summary>
    public long PacketsRefused { get; init; }

    /// <summary>Datagrams that the socket did not take.</summary>
    public long PacketsDiscardedOnSend { get; init; }

    /// <summary>"new", "connecting", "connected" or "closed".</summary>
    public string DtlsState { get; init; } = "new";

    /// <summary>The SRTP profile, once negotiated.</summary>
    public string? SrtpCipher { get; init; }

    /// <summary>The server's address of the selected pair.</summary>
    public string? LocalAddress { get; init; }

    /// <summary>The peer's address of the selected pair.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>"udp" or "tcp".</summary>
    public string? Protocol { get; init; }

    /// <summary>How often the selected pair changed.</summary>
    public int SelectedCandidatePairChanges { get; init; }

    /// <summary>Requests for consent to send (RFC 7675), over all paths.</summary>
    public long ConsentRequestsSent { get; init; }

    /// <summary>Authentic responses to those.</summary>
    public long ResponsesReceived { get; init; }
}
