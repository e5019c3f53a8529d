namespace LiveFace.Cluster.Placement;

/// <summary>What a new room asks of the node that it goes to.</summary>
/// <param name="Models">What its policy looks by: it goes nowhere that one of them is not.</param>
/// <param name="Gpu">Whether it wishes for a node whose models run on a GPU.</param>
/// <param name="Region">Where it wishes to be; null: it does not matter.</param>
public sealed record RoomNeeds(IReadOnlyList<string> Models, bool Gpu = false, string? Region = null);
