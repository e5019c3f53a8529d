namespace LiveFace.Hub;

/// <summary>What a hub client wants to be told about a room.</summary>
internal sealed record JoinOptions
{
    public const double MostDetectionsPerSecond = 60;

    public double DetectionsPerSecond { get; init; } = 10;

    public bool Stats { get; init; }

    /// <summary>Where a room that is not there yet is made, in a cluster.</summary>
    public string? Region { get; init; }

    /// <summary>Whether it had better be where models run on a GPU.</summary>
    public bool Gpu { get; init; }
}
