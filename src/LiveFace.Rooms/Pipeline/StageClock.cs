using System.Diagnostics;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// How long one stage took, over its last few hundred frames. One thread writes; a reader may see a time half a frame
/// early, which a statistic bears.
/// </summary>
internal sealed class StageClock
{
    private const int Kept = 512;
    private readonly float[] _milliseconds = new float[Kept];
    private int _count;

    public void Add(long fromTimestamp, long toTimestamp) =>
        Add((toTimestamp - fromTimestamp) * 1000f / Stopwatch.Frequency);

    public void Add(float milliseconds)
    {
        var count = _count;
        _milliseconds[count & (Kept - 1)] = milliseconds;
        Volatile.Write(ref _count, count == int.MaxValue ? Kept : count + 1);
    }

    public Spread Read()
    {
        var count = Math.Min(Volatile.Read(ref _count), Kept);
        if (count == 0)
            return default;
        var sorted = _milliseconds.AsSpan(0, count).ToArray();
        Array.Sort(sorted);
        return new Spread(Round(sorted[count / 2]), Round(sorted[Math.Min(count - 1, count * 95 / 100)]));
    }

    private static double Round(float value) => Math.Round(value, 2);
}
