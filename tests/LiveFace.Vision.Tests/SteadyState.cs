namespace LiveFace.Vision.Tests;

/// <summary>Measures what work allocates once it runs.</summary>
internal static class SteadyState
{
    private const int Rounds = 6;

    /// <summary>
    /// The bytes that all rounds after a first one allocated on this thread, without the one round that allocated most:
    /// something that happens once is let pass, something that comes back is not.
    /// </summary>
    public static long AllocatedMoreThanOnce(Action round)
    {
        round();
        long sum = 0, most = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            sum += allocated;
            most = Math.Max(most, allocated);
        }

        return sum - most;
    }
}
