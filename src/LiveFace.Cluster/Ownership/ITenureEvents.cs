namespace LiveFace.Cluster.Ownership;

/// <summary>What follows when this node loses what it owned.</summary>
public interface ITenureEvents
{
    /// <summary>These rooms are another's now, or nobody's.</summary>
    void RoomsLost(IReadOnlyList<string> rooms);

    /// <summary>The lease is over: every room ends. The node takes no new lease before this returns.</summary>
    Task TenureLostAsync(CancellationToken cancel);

    /// <summary>How the node is; asked at each renewal.</summary>
    NodeReport Report();

    /// <summary>Rooms that are held, but in which nobody is any more: they are given up.</summary>
    IReadOnlyList<string> Idle(IReadOnlyCollection<KeyValuePair<string, long>> held);
}
