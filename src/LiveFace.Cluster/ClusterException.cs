using LiveFace.Rooms;

namespace LiveFace.Cluster;

/// <summary>The cluster cannot say or do it now. Whoever meets it turns the caller away: nothing is assumed.</summary>
public sealed class ClusterException(string message, Exception? inner = null)
    : RoomRefusedException(RoomRefusal.Unreachable, message, TimeSpan.FromSeconds(2), inner);
