namespace LiveFace.WebRtc.Congestion;

/// <summary>What feedback said of one sent packet.</summary>
internal readonly record struct PacketResult(TimeSpan Sent, TimeSpan Arrived, int Size, int Probe);
