using System.Runtime.CompilerServices;

namespace LiveFace.Vision.Tracking;

/// <summary>Where a track was in the last frames, so that a detection that took a while meets the track of its own time.</summary>
internal sealed class PoseHistory
{
    private const int Length = 32;

    private Ring _poses;
    private int _count;
    private int _next;

    public void Clear() => _count = _next = 0;

    public void Add(TimeSpan at, BoxF box)
    {
        // A second look at the same frame replaces the first.
        if (_count > 0 && _poses[(_next + Length - 1) % Length].At == at)
            _next = (_next + Length - 1) % Length;
        else
            _count = Math.Min(_count + 1, Length);
        _poses[_next] = new Pose(at, box);
        _next = (_next + 1) % Length;
    }

    /// <summary>The box at that time, or the oldest one later than it; false when there is none.</summary>
    public bool TryAt(TimeSpan at, out BoxF box)
    {
        box = default;
        if (_count == 0)
            return false;
        for (var back = 1; back <= _count; back++)
        {
            ref readonly var pose = ref _poses[(_next + Length - back) % Length];
            box = pose.Box;
            if (pose.At <= at)
                break;
        }

        return true;
    }

    private readonly record struct Pose(TimeSpan At, BoxF Box);

    [InlineArray(Length)]
    private struct Ring
    {
        private Pose _first;
    }
}
