namespace LiveFace.Rooms.Pipeline;

/// <summary>What a room's pipeline counts and times.</summary>
internal sealed class PipelineMeter
{
    /// <summary>The places at which frames are let go, as they are called in statistics.</summary>
    public static readonly IReadOnlyList<string> DropPlaces =
        [.. Enum.GetNames<PipelineDrop>()[..(int)PipelineDrop.Count].Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly long[] _drops = new long[(int)PipelineDrop.Count];

    public StageClock Decode { get; } = new();

    public StageClock Detect { get; } = new();

    public StageClock Track { get; } = new();

    public StageClock Redact { get; } = new();

    public StageClock Encode { get; } = new();

    public StageClock Total { get; } = new();

    public RateMeter In { get; } = new();

    public RateMeter Out { get; } = new();

    public RateMeter Looks { get; } = new();

    /// <summary>Which part of the pictures was hidden because it was not looked at as the policy promises.</summary>
    public PartMeter Unseen { get; } = new();

    /// <summary>Pictures encoded, each codec's counted.</summary>
    public long Encoded;

    /// <summary>Pictures that went out covered.</summary>
    public long Covered;

    /// <summary>Pictures that went out.</summary>
    public long Shown;

    public void Dropped(PipelineDrop place) => Interlocked.Increment(ref _drops[(int)place]);

    public long Drops(PipelineDrop place) => Interlocked.Read(ref _drops[(int)place]);

    public IReadOnlyDictionary<string, long> ReadDrops()
    {
        var drops = new Dictionary<string, long>(_drops.Length, StringComparer.Ordinal);
        for (var i = 0; i < _drops.Length; i++)
            drops[DropPlaces[i]] = Interlocked.Read(ref _drops[i]);
        return drops;
    }
}
