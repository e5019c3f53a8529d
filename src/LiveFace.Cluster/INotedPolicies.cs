namespace LiveFace.Cluster;

/// <summary>What is in force in a room, kept with who owns it, for the next owner. Gone with the row when the room is given up.</summary>
public interface INotedPolicies
{
    /// <summary>What the room's owner noted, whether it is alive or not.</summary>
    /// <exception cref="ClusterException">The store does not answer.</exception>
    string? FindPolicy(string room);

    /// <summary>Notes a policy of a room that is this node's own, or with null that there is none to be known.</summary>
    /// <exception cref="ClusterException">The store does not answer, or the room is another's.</exception>
    void NotePolicy(string room, string? policy);
}
