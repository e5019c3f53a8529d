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
public sealed record NodeStanding(string Node, Uri Address, Uri? Url, NodeReport Report, int Rooms, int Claimed)
{
    /// <summary>How long a room counts before reports do: until it has a publisher, and its load has been measured and told.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(20);

    /// <summary>The load as it will be told when the newest rooms have begun.</summary>
    public double Expected => Report.Load + (Claimed * Report.RoomCost);
}

/// <summary>Where a node is reached.</summary>
/// <param name="Address">By other nodes.</param>
/// <param name="Url">By browsers; null where all nodes stand behind one address.</param>
public sealed record NodeIdentity(Uri Address, Uri? Url);
