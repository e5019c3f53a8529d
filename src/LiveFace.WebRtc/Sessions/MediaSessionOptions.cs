namespace LiveFace.WebRtc.Sessions;

/// <summary>What a session is told beside its m-lines.</summary>
internal sealed record MediaSessionOptions
{
    /// <summary>
    /// The wall clock at <c>now</c> = 0 of the clock that every call is given; sender reports are written with it, so
    /// all sessions of an endpoint share it.
    /// </summary>
    public required DateTimeOffset ClockOrigin { get; init; }

    /// <summary>The CNAME of our reports; the same for all sources of a peer (RFC 7022).</summary>
    public required string Cname { get; init; }

    /// <summary>What the target bitrate is before anything is known.</summary>
    public long StartBitrate { get; init; } = 1_000_000;

    /// <summary>The target bitrate never falls below this.</summary>
    public long MinBitrate { get; init; } = 50_000;

    /// <summary>The target bitrate never rises above this.</summary>
    public long MaxBitrate { get; init; } = 4_000_000;

    /// <summary>What the peer may send us, told by REMB where agreed; 0 for no limit.</summary>
    public long MaxReceiveBitrate { get; init; }

    /// <summary>The longest that the peer is asked to hold frames back on a path that loses packets.</summary>
    public TimeSpan MaxPlayoutDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The largest RTP packet to send, before SRTP.</summary>
    public int MaxPacketSize { get; init; } = 1200;

    /// <summary>Makes first sequence numbers and timestamps; a test gives its own seed.</summary>
    public Random Random { get; init; } = Random.Shared;
}
