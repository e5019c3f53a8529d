using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Rendering;

/// <summary>
/// Writes a film with everything hidden that a policy hides, by its box file and the edits on top. The file has its name only
/// once it is whole.
/// A piece of a film goes the same way, by a box file of that part, and without sound.
/// <code>
/// film ► print, recorded look ► redactor ► ffmpeg, with the film's sound
/// </code>
/// </summary>
public sealed class FilmRendering(FilmFile film, RedactionPolicy policy)
{
    /// <summary>How it is written.</summary>
    public required RenderOptions Options { get; init; }

    /// <summary>What reads faces where the policy goes by an age; without it everybody is hidden.</summary>
    public IFaceReaders? Readers { get; init; }

    /// <summary>Told after each picture.</summary>
    public IProgress<FilmProgress>? Progress { get; init; }

    /// <summary>Which time the film is written, for progress.</summary>
    public int Round { get; init; } = 1;

    /// <summary>How much later than in the film the pictures of a piece stand.</summary>
    internal TimeSpan PieceShift { get; init; }

    /// <summary>Writes the film.</summary>
    /// <exception cref="PieceMismatchException">Read from the middle on, the film has other pictures than its box file.</exception>
    /// <exception cref="FileRedactionException">The box file is of another film, or the policy needs more than it has.</exception>
    /// <exception cref="FfmpegException">It could not be read or written.</exception>
    public async Task<RenderResult> RunAsync(string boxes, ReviewedTracks reviewed, MediaTarget target, CancellationToken cancel)
    {
        using var reader = BoxFileReader.Open(boxes, film.Vault);
        var head = reader.Head;
        var part = head.Film.Part;
        if (part != FilmPart.All && !target.IsPiece)
            throw new FileRedactionException("The box file is of a part of the film; merge its parts first.");
        var facts = await film.DescribeAsync(cancel);
        if (head.Film.Sha256 is { } hash && hash != facts.Sha256)
            throw new BoxFileException($"The box file is of another film than {facts.Name}: their hashes differ.");
        var info = await film.ProbeAsync(cancel);
        var total = facts.Duration is { } length && facts.FramesPerSecond > 0 ? (long?)Math.Round(length.TotalSeconds * facts.FramesPerSecond) : null;
        using var pool = new FramePool();
        using var renderer = new PictureRenderer(head, reviewed, policy, pool, Readers);
        await using var pictures = await film.OpenAsync(pool, part, cancel);
        await using var writer = await FfmpegWriter.OpenAsync(
            target, target.IsPiece ? Options.ForPieces(info, PieceShift) : Options.ForWriter(await film.OpenSourceAsync(cancel), info, reviewed), cancel);
        var picture = new BoxPicture();
        var result = new RenderResult();
        var hidden = new HashSet<int>();
        var time = TimeSpan.MinValue;
        while (await pictures.NextAsync(cancel) is { } read)
        {
            using var frame = read;
            time = frame.CaptureTime > time ? frame.CaptureTime : time + TimeSpan.FromMicroseconds(1);
            if (time >= part.To)
                break;
            if (!part.Contains(time))
                continue;
            var has = reader.TryNext(picture);
            if (!has)
                picture.Begin((int)result.Pictures, frame.CaptureTime, 0, cut: false);
            var redacted = renderer.Redact(frame, picture);
            if (target.IsPiece && (!has || renderer.IsOther))
                throw new PieceMismatchException();
            if (!await writer.WriteAsync(redacted, cancel))
                throw new FfmpegException($"Picture {picture.Index} of {facts.Name} has no time of its own.");
            result.Count(renderer.IsUnlooked);
            foreach (var track in renderer.Hidden)
                hidden.Add(track.Id);
            Progress?.Report(new FilmProgress(FilmStage.Render, Round, result.Pictures, total, hidden.Count));
        }

        if (target.IsPiece && reader.TryNext(picture))
            throw new PieceMismatchException();
        if (!target.IsPiece && result.Unlooked == result.Pictures && result.Pictures > 0 && !policy.Cover)
            throw new BoxFileException($"No picture of {facts.Name} is one that the box file has a look at.");
        result.HiddenTracks = hidden.Count;
        await writer.FinishAsync(cancel);
        return result;
    }
}

/// <summary>What came of rendering.</summary>
public sealed class RenderResult
{
    /// <summary>Pictures that were written.</summary>
    public long Pictures { get; private set; }

    /// <summary>Pictures that were covered, since no complete look at them is recorded.</summary>
    public long Unlooked { get; private set; }

    /// <summary>Tracks that were hidden.</summary>
    public int HiddenTracks { get; internal set; }

    internal static RenderResult Of(long pictures, long unlooked, int hidden) => new() { Pictures = pictures, Unlooked = unlooked, HiddenTracks = hidden };

    internal void Count(bool unlooked)
    {
        Pictures++;
        Unlooked += unlooked ? 1 : 0;
    }
}
