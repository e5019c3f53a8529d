using LiveFace.Films.Boxes;

namespace LiveFace.Films.Review;

/// <summary>What a film's tracks are once all edits are applied. The box file's own tracks are left as they are.</summary>
public sealed class ReviewedTracks
{
    private readonly HashSet<int> _kept;

    internal ReviewedTracks(
        IReadOnlyList<BoxTrack> tracks, HashSet<int> kept, IReadOnlyList<TimeRange> covers, IReadOnlyList<HiddenSound> sounds, int lastId)
    {
        Tracks = tracks;
        _kept = kept;
        Covers = covers;
        Sounds = sounds;
        LastId = lastId;
        Hidden = [.. tracks.Where(track => !kept.Contains(track.Id))];
    }

    /// <summary>All tracks, by their first picture.</summary>
    public IReadOnlyList<BoxTrack> Tracks { get; }

    /// <summary>Those that are hidden.</summary>
    public IReadOnlyList<BoxTrack> Hidden { get; }

    /// <summary>Times in which nothing of the picture is shown.</summary>
    public IReadOnlyList<TimeRange> Covers { get; }

    /// <summary>Times in which nothing of the sound is heard.</summary>
    public IReadOnlyList<HiddenSound> Sounds { get; }

    /// <summary>The largest number that a track has or had.</summary>
    public int LastId { get; }

    /// <summary>Whether a track is shown as it is.</summary>
    public bool IsKept(int track) => _kept.Contains(track);

    /// <summary>The tracks of a box file that nobody has edited.</summary>
    public static ReviewedTracks Of(IReadOnlyList<BoxTrack> tracks) =>
        new(tracks, [], [], [], tracks.Select(track => track.Id).DefaultIfEmpty().Max());
}
