using System.Globalization;
using System.Security.Cryptography;
using LiveFace.Films.Boxes;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Pieces;

/// <summary>
/// Cuts a film that is linked and reviewed into pieces: each gets a box file of its own with the tracks that stand in it, so that whoever writes
/// it needs nothing else but the film.
/// </summary>
internal sealed class PiecePlanner(RedactionPolicy policy, RenderOptions options, FilmVault vault)
{
    /// <summary>Counted up when pieces that were written before may not be taken for those of now.</summary>
    private const byte Form = 1;

    /// <summary>Writes the pieces' files into a folder; null where the film is not written in pieces.</summary>
    public PiecePlan? Plan(string boxes, ReviewedTracks reviewed, MediaTarget target, string folder, TimeSpan length)
    {
        if (!PieceCuts.AreFor(policy, target) || PieceCuts.Find(boxes, vault, target, length) is not { } cuts)
            return null;
        var pieces = new List<FilmPiece>();
        using var reader = BoxFileReader.Open(boxes, vault);
        for (var i = 0; i < cuts.Firsts.Count; i++)
        {
            var (first, end) = (cuts.Firsts[i], i == cuts.Firsts.Count - 1 ? cuts.At.Count : cuts.Firsts[i + 1]);
            var tracks = reviewed.Tracks.Where(track => track.Boxes.Length > 0 && track.First < end && track.Last >= first).ToList();
            var file = BoxesOf(reader, tracks, first, end, PieceCuts.PartOf(cuts.Firsts, cuts.At, i));
            var notes = new PieceNotes(
                [.. tracks.Select(track => track.Id)], [.. tracks.Select(track => track.Id).Where(reviewed.IsKept).Distinct()],
                [.. reviewed.Covers.Where(cover => cover.From <= cuts.At[end - 1] && cover.To >= cuts.At[first])]).ToJson();
            var piece = new FilmPiece(string.Create(CultureInfo.InvariantCulture, $"piece-{i:D6}-{HashOf(file, notes, target)}"), first, end - first);
            var names = PiecePlan.InputsOf(piece);
            Write(Path.Combine(folder, names[0]), file);
            Write(Path.Combine(folder, names[1]), notes);
            pieces.Add(piece);
        }

        return new PiecePlan(pieces, cuts.Shift, MediaTarget.PieceOf(target.Container) == MediaContainer.Ivf ? ".ivf" : ".ts");
    }

    private static byte[] BoxesOf(BoxFileReader reader, List<BoxTrack> tracks, int first, int end, FilmPart part)
    {
        using var file = new MemoryStream();
        using (var writer = new BoxFileWriter(file, reader.Head with
        {
            Film = reader.Head.Film with { Part = part },
            Attributes = FaceTraits.None,
            // Each has a number of its own; the notes have those of the film.
            Tracks = [.. tracks.Select((track, i) => PieceTracks.Copy(track, i + 1, Math.Max(track.First, first), Math.Min(track.Last, end - 1), first))],
        }))
        {
            var picture = new BoxPicture();
            for (var at = first; at < end && reader.TryNext(picture); at++)
            {
                picture.Index = at - first;
                picture.Found.Clear();
                writer.Write(picture);
            }

            writer.Finish();
        }

        return file.ToArray();
    }

    private string HashOf(byte[] boxes, byte[] notes, MediaTarget target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Form, (byte)(options.Quality ?? byte.MaxValue), (byte)target.Container]);
        foreach (var part in (byte[][])[SHA256.HashData(boxes), SHA256.HashData(notes), SHA256.HashData(PolicyJson.Write(policy))])
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private void Write(string path, byte[] bytes)
    {
        var part = path + ".part";
        using (var file = vault.Create(part))
            file.Write(bytes);
        File.Move(part, path, overwrite: true);
    }
}
