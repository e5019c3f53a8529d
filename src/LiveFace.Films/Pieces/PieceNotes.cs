using System.Text.Json;
using LiveFace.Films.Boxes;
using LiveFace.Films.Review;

namespace LiveFace.Films.Pieces;

/// <summary>
/// What a review says of a piece, beside its box file: the numbers that its tracks have in the film, in which one that was cut is there more
/// than once, those that are kept, and times in which all is covered.
/// </summary>
internal sealed record PieceNotes(IReadOnlyList<int> Tracks, IReadOnlyList<int> Kept, IReadOnlyList<TimeRange> Covers)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static PieceNotes Read(Stream file) => JsonSerializer.Deserialize<PieceNotes>(file) ?? throw new BoxFileException("A piece of a film has no notes.");

    /// <summary>The tracks of a piece's box file as the film has them.</summary>
    public ReviewedTracks ApplyTo(IReadOnlyList<BoxTrack> tracks)
    {
        if (tracks.Count != Tracks.Count)
            throw new BoxFileException("A piece of a film has notes of other tracks.");
        return new ReviewedTracks([.. tracks.Select((track, i) => PieceTracks.Copy(track, Tracks[i], track.First, track.Last, shift: 0))], [.. Kept], Covers, [], Tracks.DefaultIfEmpty().Max());
    }
}

internal static class PieceTracks
{
    /// <summary>A track of another number, from one picture to another, moved towards the beginning.</summary>
    public static BoxTrack Copy(BoxTrack from, int id, int first, int last, int shift)
    {
        var copy = new BoxTrack(id, from.Model, from.Class, first - shift) { Score = from.Score, Doubt = from.Doubt };
        for (var at = first; at <= last; at++)
            copy.Add(from[at]);
        return copy;
    }
}
