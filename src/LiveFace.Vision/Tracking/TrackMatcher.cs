using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// Gives each detection its track in two rounds: first the strong ones, so that a weak echo never takes a track away
/// from the thing itself; then the weak ones, which keep alive what a strong one did not claim.
/// </summary>
internal sealed class TrackMatcher
{
    private const int MaximumDetections = 1024;

    // What overlaps so much is the same face, whichever way it is turned.
    private const float SameThing = 0.3f;

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

    /// <summary>What is seen in the turned picture says nothing of what is followed as it stands, until that is lost: then it may have turned.</summary>
    private static bool MaySpeakOf(TrackState state, in DetectedObject seen) =>
        seen.Turns == QuarterTurns.None || seen.Turns == state.Turns || (seen.IsConfirmed && state.Coasting);

    /// <summary>A thing in the turned picture begins a track once it is confirmed, and where nothing is followed yet.</summary>
    public static bool MayBeginTrack(in DetectedObject seen, ReadOnlySpan<TrackState> states, int source)
    {
        if (seen.Turns == QuarterTurns.None)
            return true;
        foreach (var state in states)
            if (state.Source == source && state.Box.IntersectionOverUnion(seen.Box) > SameThing)
                return false;
        return seen.IsConfirmed;
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
                if (trackOf[d] >= 0 || !MaySpeakOf(state, seen[d]) || seen[d].Class != state.Class || !(seen[d].Score >= from && seen[d].Score < below))
                    continue;
                _association.Offer(t, d, Association.Likeness(box, state.Deviation, seen[d].Box, _options));
            }
        }

        _association.Solve(trackOf, _taken);
    }
}
