namespace LiveFace.Vision.Tracking;

/// <summary>
/// Gives each detection its track in two rounds: first the strong ones, so that a weak echo never takes a track away
/// from the thing itself; then the weak ones, which keep alive what a strong one did not claim.
/// </summary>
internal sealed class TrackMatcher
{
    private const int MaximumDetections = 1024;

    private readonly Association _association = new();
    private readonly TrackerOptions _options;
    private readonly int[] _trackOf = new int[MaximumDetections];
    private readonly bool[] _taken;

    public TrackMatcher(TrackerOptions options)
    {
        _options = options;
        _taken = new bool[options.MaximumTracks];
    }

    /// <summary>For each detection the index of its track, or −1.</summary>
    public ReadOnlySpan<int> Match(
        ReadOnlySpan<TrackState> states, ReadOnlySpan<DetectedObject> seen, float strong, TimeSpan takenAt, int source)
    {
        var count = Math.Min(seen.Length, MaximumDetections);
        seen = seen[..count];
        var trackOf = _trackOf.AsSpan(0, count);
        trackOf.Fill(-1);
        _taken.AsSpan().Clear();
        Round(states, seen, strong, float.MaxValue, takenAt, source, trackOf);
        Round(states, seen, float.MinValue, strong, takenAt, source, trackOf);
        for (var i = 0; i < states.Length; i++)
            if (states[i].Source == source)
                states[i].Matched = false;
        return trackOf;
    }

    private void Round(
        ReadOnlySpan<TrackState> states, ReadOnlySpan<DetectedObject> seen, float from, float below,
        TimeSpan takenAt, int source, Span<int> trackOf)
    {
        _association.Clear();
        for (var t = 0; t < states.Length; t++)
        {
            var state = states[t];
            if (_taken[t] || state.Source != source || !state.History.TryAt(takenAt, out var box))
                continue;
            for (var d = 0; d < seen.Length; d++)
            {
                if (trackOf[d] >= 0 || seen[d].Class != state.Class || !(seen[d].Score >= from && seen[d].Score < below))
                    continue;
                _association.Offer(t, d, Association.Likeness(box, state.Deviation, seen[d].Box, _options));
            }
        }

        _association.Solve(trackOf, _taken);
    }
}
