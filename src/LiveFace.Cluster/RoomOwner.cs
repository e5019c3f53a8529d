namespace LiveFace.Cluster;

/// <summary>Which node has a room.</summary>
/// <param name="Room">The room's name.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Address">Where other nodes call it.</param>
/// <param name="Epoch">Larger with each change of owner, and never given twice: what an older epoch shows counts for nothing.</param>
public sealed record RoomOwner(string Room, string Node, Uri Address, long Epoch);
