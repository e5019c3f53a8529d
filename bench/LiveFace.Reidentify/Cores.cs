namespace LiveFace.Reidentify;

internal static class Cores
{
    /// <summary>One thread a core: more of them only wait for one another.</summary>
    public static ParallelOptions All { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
