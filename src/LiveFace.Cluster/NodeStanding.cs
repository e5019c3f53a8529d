namespace LiveFace.Cluster;

/// <summary>How a node says that it is, at each renewal of its lease.</summary>
/// <param name="Load">The part of its processors that it uses.</param>
/// <param name="RoomCost">What a room takes of them there, about.</param>
/// <param name="Serving">Whether it takes new rooms.</param>
public readonly record struct NodeReport(double Load, double RoomCost, bool Serving);

/// <summary>A node that is alive, as the store has it.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Address">Where other nodes call it.</param>
/// <param name="Url">Where browsers reach it, if that was said.</param>
/// <param name="Report">How it said that it is.</param>
/// <param name="Rooms">Rooms that it owns.</param>
/// <param name="Claimed">Those of them that it took so lately that its report may not show them.</param>
/// <param name="Offer">Where it stands and what it can do for a room.</param>
public sealed record NodeStanding(string Node, Uri Address, Uri? Url, NodeReport Report, int Rooms, int Claimed, NodeOffer Offer)
{
    /// <summary>How long a room counts before reports do: until it has a publisher, and its load has been measured and told.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(20);

    /// <summary>The load as it will be told when the newest rooms have begun.</summary>
    public double Expected => Report.Load + (Claimed * Report.RoomCost);
}

/// <summary>Where a node is reached.</summary>
/// <param name="Address">By other nodes.</param>
/// <param name="Url">By browsers; null where all nodes stand behind one address.</param>
/// <param name="Offer">What rooms are placed by.</param>
public sealed record NodeIdentity(Uri Address, Uri? Url, NodeOffer Offer);

/// <summary>What a node has that a room may need; the same for as long as the process lives.</summary>
/// <param name="Region">Where it stands, in the words of who runs the cluster; null where that was not said.</param>
/// <param name="Gpu">The GPU that its models run on; null on a CPU.</param>
/// <param name="Models">Names by which policies may ask for models there; null of a node that does not tell them, which counts as having all.</param>
public sealed record NodeOffer(string? Region = null, string? Gpu = null, IReadOnlyCollection<string>? Models = null)
{
    /// <summary>Whether all of these are there.</summary>
    public bool Has(IEnumerable<string> models) => Models is not { } own || models.All(own.Contains);
}
