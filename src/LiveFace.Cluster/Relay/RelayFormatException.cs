namespace LiveFace.Cluster.Relay;

/// <summary>A message between nodes that none of this version writes.</summary>
public sealed class RelayFormatException() : Exception("This is no message of a relay.");
