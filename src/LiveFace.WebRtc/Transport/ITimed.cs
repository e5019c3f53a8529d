namespace LiveFace.WebRtc.Transport;

/// <summary>Something that <see cref="PeerTimers"/> wakes.</summary>
internal interface ITimed
{
    /// <summary>When the timers will wake it; theirs to change.</summary>
    TimeSpan WakesAt { get; set; }

    /// <summary>Does what is due and gives the time of the next call.</summary>
    TimeSpan OnTimer(TimeSpan now);
}
