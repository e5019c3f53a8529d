namespace LiveFace.WebRtc.Sessions;

/// <summary>How often feedback was sent and received on one m-line.</summary>
internal sealed class FeedbackCounters
{
    public long PliSent { get; set; }

    public long FirSent { get; set; }

    public long NacksSent { get; set; }

    public long PliReceived { get; set; }

    public long FirReceived { get; set; }

    public long NacksReceived { get; set; }

    /// <summary>The number of the last FIR that was sent (RFC 5104, section 4.3.1.1).</summary>
    public byte FirSequence { get; set; }

    /// <summary>The number of the last FIR that came, -1 before any.</summary>
    public int LastFirSequence { get; set; } = -1;
}
