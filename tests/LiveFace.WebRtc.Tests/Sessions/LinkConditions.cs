namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>How one direction of a simulated network treats packets; may be changed while it runs.</summary>
internal sealed class LinkConditions
{
    public double Loss { get; set; }

    public TimeSpan Delay { get; set; }

    /// <summary>Evenly spread on top of the delay; the order of packets is kept.</summary>
    public TimeSpan Jitter { get; set; }

    /// <summary>The share of packets that come this much later, behind others.</summary>
    public double Reordering { get; set; }

    public TimeSpan ReorderingDelay { get; set; } = TimeSpan.FromMilliseconds(8);

    public double Duplication { get; set; }

    /// <summary>Bits per second; 0 for no limit.</summary>
    public long Bandwidth { get; set; }

    /// <summary>For so long nothing goes on, as where a busy machine does not get round to it.</summary>
    public TimeSpan Stall { get; set; }

    /// <summary>The time from the beginning of one stall to that of the next.</summary>
    public TimeSpan StallEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a packet may wait for its turn before the queue is full.</summary>
    public TimeSpan MaxQueue { get; set; } = TimeSpan.FromMilliseconds(600);
}
