namespace LiveFace.WebRtc.Congestion;

/// <summary>What the delays say of the path (draft-ietf-rmcat-gcc-02, section 5.4).</summary>
internal enum BandwidthUsage
{
    Normal,
    Underuse,
    Overuse,
}
