namespace LiveFace.Hub;

/// <summary>What a hub client wants to be told about a room.</summary>
internal sealed record JoinOptions
{
    public const double MostDetectionsPerSecond = 60;

    public double DetectionsPerSecond { get; init; } = 10;

    public bool Stats { get; init; }
}
