using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Links;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Redacting;

/// <summary>
/// All that is done with one film, a step at a time, from file to file: whoever does films in parts, on several machines or
/// again after a fault calls the steps, and <see cref="RedactAsync"/> calls them in their order. Nothing is held between two
/// steps but the files. Each step stops soon after its token says so, and leaves no file that is not whole.
/// <code>
/// DetectAsync (whole film, or parts ► MergeAsync) ► LinkAsync ► ReviewAsync ► RenderAsync ► CheckAsync ─► finds? AddFindsAsync ► ReviewAsync ► …
/// </code>
/// </summary>
public sealed class FilmWork(FilmFile film, IReadOnlyList<FileModel> models, RedactionPolicy policy)
{
    /// <summary>How thoroughly it is looked at.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>How finds become tracks.</summary>
    public LinkOptions Linking { get; init; } = new();

    /// <summary>How it is written.</summary>
    public required RenderOptions Rendering { get; init; }

    /// <summary>Usual for <see cref="MostRounds"/>: three were seen not to be enough, and only a film that needs them goes on.</summary>
    public const int UsualRounds = 6;

    /// <summary>The hashes of the models' files, by their ids, for the box file.</summary>
    public IReadOnlyDictionary<string, string> ModelHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>What reads faces where the policy goes by an age; without it everybody is hidden.</summary>
    public IFaceReaders? Readers { get; init; }

    /// <summary>What the box file tells of faces, and what reads it; null tells nothing.</summary>
    public AskedReaders? Attributes { get; init; }

    /// <summary>Told how far it is. It is called on the threads that work.</summary>
    public IProgress<FilmProgress>? Progress { get; init; }

    /// <summary>How often, at most, what a second look finds is covered and the film written again.</summary>
    public int MostRounds { get; init; } = UsualRounds;

    /// <summary>Whether a film is handed out although the last look at it was still sure of something.</summary>
    public bool AllowsFinds { get; init; }

    /// <summary>Looks at the film, or at a part of it, and writes a box file.</summary>
    public async Task DetectAsync(string boxes, FilmPart part, CancellationToken cancel)
    {
        var facts = await film.DescribeAsync(cancel);
        var options = Detection with
        {
            Part = part,
            SmallestFace = Detection.SmallestFace ?? RecordedPolicy.SmallestFace(policy, facts.Width, facts.Height),
        };
        await WriteAsync(boxes, film.Vault, output => new FilmDetection(film, models, options) { Progress = Progress, ModelHashes = ModelHashes, Readers = Attributes }.RunAsync(output, cancel));
    }

    /// <summary>Puts the box files of a film's parts, which follow each other, together into one.</summary>
    /// <exception cref="BoxFileException">They are not parts of one film that follow each other.</exception>
    public static Task MergeAsync(IReadOnlyList<string> parts, string boxes, FilmVault? vault = null) =>
        WriteAsync(boxes, vault ?? FilmVault.Plain, output =>
        {
            BoxFileMerge.Run(parts, output, vault);
            return Task.CompletedTask;
        });

    /// <summary>Links what was found, follows it through the film's pictures and writes the box file again, with its tracks.</summary>
    public Task<IReadOnlyList<BoxTrack>> LinkAsync(string boxes, string output, CancellationToken cancel, int round = 1) =>
        new FilmLinking(Linking) { Vault = film.Vault, Progress = Progress, Round = round }.RunAsync(boxes, output, film, cancel);

    /// <summary>The tracks of a box file, with the edits of its log, those added by hand followed through the film.</summary>
    public async Task<ReviewedTracks> ReviewAsync(string boxes, EditLog edits, CancellationToken cancel)
    {
        BoxFileHead head;
        FilmFinds finds;
        using (var reader = BoxFileReader.Open(boxes, film.Vault))
        {
            head = reader.Head;
            finds = FilmFinds.Read(reader);
        }

        var tracks = head.Tracks ?? throw new FileRedactionException($"{Path.GetFileName(boxes)} has no tracks yet; link it first.");
        var reviewed = edits.ApplyTo(tracks, finds.Pictures);
        var byHand = reviewed.Tracks.Where(track => track.Boxes is [{ Origin: BoxOrigin.Hand }]).ToList();
        if (byHand.Count > 0)
            await new FilmLinking(Linking) { Vault = film.Vault, Progress = Progress }.CarryAsync(film, head, finds, byHand, cancel);
        return reviewed;
    }

    /// <summary>Writes the film with everything hidden that the policy hides.</summary>
    public Task<RenderResult> RenderAsync(string boxes, ReviewedTracks reviewed, MediaTarget target, CancellationToken cancel, int round = 1) =>
        new FilmRendering(film, policy) { Options = Rendering, Progress = Progress, Round = round, Readers = Readers }.RunAsync(boxes, reviewed, target, cancel);

    /// <summary>Looks at a film that was written, and tells what is still to be found in it.</summary>
    public Task<SecondFinds> CheckAsync(string boxes, ReviewedTracks reviewed, FilmFile written, CancellationToken cancel, int round = 1) =>
        new FilmCheck(models, policy, Detection) { Vault = film.Vault, Progress = Progress, Round = round }.RunAsync(boxes, reviewed, written, cancel);

    /// <summary>Adds what a second look found to the box file, with tracks that follow it through the film.</summary>
    public Task AddFindsAsync(string boxes, ReviewedTracks reviewed, SecondFinds finds, CancellationToken cancel, int round = 1)
    {
        ArgumentNullException.ThrowIfNull(reviewed);
        ArgumentNullException.ThrowIfNull(finds);
        var firstId = reviewed.LastId + 1;
        return new FilmLinking(Linking) { Vault = film.Vault, Progress = Progress, Round = round }.AddAsync(boxes, finds.Of, firstId, film, cancel);
    }

    /// <summary>
    /// Does all of it: detects, links, writes, looks again, and covers what is found until nothing is. The target has its name
    /// only once a look at it was sure of nothing.
    /// </summary>
    /// <param name="target">The film to write.</param>
    /// <param name="boxes">Where the box file is kept.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="FileRedactionException">The last look was still sure of something.</exception>
    public async Task<FilmResult> RedactAsync(MediaTarget target, string boxes, CancellationToken cancel)
    {
        if (!target.IsFile)
            throw new FileRedactionException("A stream goes in one pass: what was sent cannot be looked at again.");
        await DetectAsync(boxes, FilmPart.All, cancel);
        return await FinishAsync(target, boxes, new EditLog(), cancel);
    }

    /// <summary>The same from a box file on that was detected, and maybe reviewed, before.</summary>
    public async Task<FilmResult> FinishAsync(MediaTarget target, string boxes, EditLog edits, CancellationToken cancel)
    {
        if (File.Exists(target.Address) && !Rendering.Overwrite)
            throw new FfmpegException($"{target.Address} exists; choose another name or allow it to be replaced.");
        var result = new FilmResult();
        // What is read takes its memory first, and what is written gets the rest.
        await film.OpenSourceAsync(cancel);
        using var trial = new TrialFilm(target.Address, film.Vault);
        if (!IsLinked(boxes))
            await LinkAsync(boxes, boxes, cancel);
        for (var round = 1; ; round++)
        {
            var reviewed = await ReviewAsync(boxes, edits, cancel);
            var rendering = new FilmRendering(film, policy) { Options = Rendering with { Overwrite = true }, Progress = Progress, Round = round, Readers = Readers };
            var rendered = await trial.WriteAsync(into => rendering.RunAsync(boxes, reviewed, into, cancel));
            var finds = RecordedPolicy.Hides(policy) ? await CheckAsync(boxes, reviewed, trial.Written(Rendering.Tools), cancel, round) : new SecondFinds();
            result.Take(round, rendered, finds);
            if (IsClear(finds, round, MostRounds, AllowsFinds))
                break;
            await AddFindsAsync(boxes, reviewed, finds, cancel, round);
        }

        await trial.KeepAsync(Rendering.Overwrite, cancel);
        return result;
    }

    /// <summary>Whether a film can be handed out after a look at it; if not, what was found is covered, and it is written again.</summary>
    /// <exception cref="FileRedactionException">It was written as often as it may be, and the look was still sure of something.</exception>
    internal static bool IsClear(SecondFinds finds, int round, int mostRounds, bool allowsFinds)
    {
        if (finds.Count == 0 || (round >= mostRounds && (finds.Sure == 0 || allowsFinds)))
            return true;
        return round < mostRounds
            ? false
            : throw new FileRedactionException(
                $"After {round} rounds a look at the redacted film is still sure of something in {finds.Sure} places, first in picture {finds.FirstSure[0]}; nothing was written. Review it, or allow it with --allow-finds.");
    }

    private bool IsLinked(string boxes)
    {
        using var reader = BoxFileReader.Open(boxes, film.Vault);
        return reader.Head.Tracks is not null;
    }

    private static async Task WriteAsync(string path, FilmVault vault, Func<Stream, Task> write)
    {
        var part = path + ".part";
        try
        {
            await using (var output = vault.Create(part))
                await write(output);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
