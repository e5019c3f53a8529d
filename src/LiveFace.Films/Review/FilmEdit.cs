using LiveFace.Vision.Detection;

namespace LiveFace.Films.Review;

/// <summary>One thing that a reviewer said. Tracks are named by their numbers, pictures by theirs, from 0 on.</summary>
public abstract record FilmEdit
{
    private protected FilmEdit()
    {
    }
}

/// <summary>Tracks are hidden, whatever was said before.</summary>
public sealed record HideTracks(IReadOnlyList<int> Tracks) : FilmEdit;

/// <summary>Tracks are shown as they are.</summary>
public sealed record KeepTracks(IReadOnlyList<int> Tracks) : FilmEdit;

/// <summary>These tracks are shown as they are, and all others are hidden, also those that come later.</summary>
public sealed record KeepOnly(IReadOnlyList<int> Tracks) : FilmEdit;

/// <summary>One track goes on as another: they are one from now on, by the first one's number.</summary>
public sealed record JoinTracks(int Track, int Other) : FilmEdit;

/// <summary>A track ends before a picture, and another begins there.</summary>
public sealed record SplitTrack(int Track, int Picture, int NewTrack) : FilmEdit;

/// <summary>A track is taken out of the pictures from one to another, that one included.</summary>
public sealed record CutTrack(int Track, int From, int To) : FilmEdit;

/// <summary>Something that no look found, pointed out in one picture and followed from there in both directions.</summary>
public sealed record AddBox(int Model, int Class, int Picture, BoxF Box, int NewTrack) : FilmEdit;

/// <summary>Something that no look found, pointed out in several pictures; between them it lies on the line.</summary>
public sealed record AddKeyframes(int Model, int Class, IReadOnlyList<KeyBox> Boxes, int NewTrack) : FilmEdit;

/// <summary>Nothing of the picture is shown.</summary>
public sealed record CoverTime(TimeRange Time) : FilmEdit;

/// <summary>Nothing of the sound is heard.</summary>
public sealed record HideSound(TimeRange Time, SoundEdit How) : FilmEdit;

/// <summary>What an earlier edit said is taken back. An undo can be undone as well.</summary>
public sealed record UndoEdit(int Edit) : FilmEdit;

/// <summary>An edit as it stands in the log.</summary>
/// <param name="Number">Its number, from 1 on.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">Who made it, as far as that was said.</param>
/// <param name="Edit">What was said.</param>
public sealed record LoggedEdit(int Number, DateTimeOffset At, string? By, FilmEdit Edit);
