namespace LiveFace.Media.Tests;

/// <summary>Measures what work allocates once it runs.</summary>
internal static class SteadyState
{
    private const int Rounds = 6;

    /// <summary>
    /// The least bytes that a round allocated on this thread. What is allocated per call shows in every round; what the
    /// runtime does once (better code takes over, a type is first touched) shows in one.
    /// </summary>
    public static long LeastAllocated(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
