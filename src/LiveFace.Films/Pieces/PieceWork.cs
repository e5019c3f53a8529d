using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Films.Boxes;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Pieces;

/// <summary>
/// Writes a film in pieces, each by whoever is free, and looks again at each of them as it was written; then makes one film of them, in which no
/// picture is encoded again. All of it goes from file to file: what was done of a piece is not done again, be it after a
/// fault, in another round or after another edit elsewhere.
/// <code>
/// box file, edits ► plan ► RenderAsync, side by side ► FinishAsync ─► film
///                    └──◄── finds, added to the box file ──◄──┘
/// </code>
/// </summary>
public sealed class PieceWork(FilmWork work, FilmFile film, IReadOnlyList<FileModel> models, RedactionPolicy policy)
{
    /// <summary>How a piece is looked at again.</summary>
    public DetectionOptions Detection { get; init; } = new();

    /// <summary>How it is written.</summary>
    public required RenderOptions Rendering { get; init; }

    /// <summary>Told how far a piece is.</summary>
    public IProgress<FilmProgress>? Progress { get; init; }

    /// <summary>How often, at most, what a second look finds is covered and the film written again.</summary>
    public int MostRounds { get; init; } = FilmWork.UsualRounds;

    /// <summary>Whether the film is handed out although the last look was still sure of something.</summary>
    public bool AllowsFinds { get; init; }

    /// <summary>Cuts a film whose box file is linked; null where it is to be written in one piece.</summary>
    /// <param name="boxes">The film's box file.</param>
    /// <param name="reviewed">Its tracks.</param>
    /// <param name="target">The film that is to be written.</param>
    /// <param name="folder">Where the pieces' files are.</param>
    /// <param name="length">How long a piece is, about.</param>
    public PiecePlan? Plan(string boxes, ReviewedTracks reviewed, MediaTarget target, string folder, TimeSpan length) =>
        new PiecePlanner(policy, Rendering, film.Vault).Plan(boxes, reviewed, target, folder, length);

    /// <summary>Whether a piece is done.</summary>
    public static bool IsDone(PiecePlan plan, FilmPiece piece, string folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.OutputsOf(piece).All(name => File.Exists(Path.Combine(folder, name)));
    }

    /// <summary>Writes a piece and looks at it as it was written.</summary>
    /// <exception cref="PieceMismatchException">The film is one that is to be written in one piece.</exception>
    public async Task RenderAsync(PiecePlan plan, FilmPiece piece, string folder, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (inputs, outputs) = (PiecePlan.InputsOf(piece), plan.OutputsOf(piece));
        var boxes = Path.Combine(folder, inputs[0]);
        var reviewed = Read(boxes, Path.Combine(folder, inputs[1]));
        // What is read takes its memory first, and what is written gets the rest.
        await film.OpenSourceAsync(cancel);
        using var trial = new TrialFilm(Path.Combine(folder, outputs[0]), film.Vault, KindOf(plan));
        var rendering = new FilmRendering(film, policy) { Options = Rendering, Progress = Progress, PieceShift = plan.Shift };
        var rendered = await trial.WriteAsync(into => rendering.RunAsync(boxes, reviewed, into, cancel));
        var finds = RecordedPolicy.Hides(policy)
            ? await new FilmCheck(models, policy, Detection) { Vault = film.Vault, Progress = Progress }.RunAsync(boxes, reviewed, trial.Written(Rendering.Tools), cancel)
            : new SecondFinds();
        await trial.KeepAsync(overwrite: true, cancel);
        PieceResult.Of(rendered, finds, piece.Pictures).Write(Path.Combine(folder, outputs[1]), film.Vault);
    }

    /// <summary>
    /// Once all pieces are done: makes one film of them, or, where a look found something in them, adds that to the box file, so that it is to
    /// be reviewed and cut again.
    /// </summary>
    /// <param name="plan">The pieces.</param>
    /// <param name="folder">Where their files are.</param>
    /// <param name="foundBefore">What the looks of the rounds before found.</param>
    /// <param name="boxes">The film's box file.</param>
    /// <param name="reviewed">Its tracks, by which it was cut.</param>
    /// <param name="target">The film.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="FileRedactionException">The last look was still sure of something.</exception>
    /// <exception cref="PieceMismatchException">The pieces do not become the film.</exception>
    public async Task<RoundEnd> FinishAsync(
        PiecePlan plan, string folder, IReadOnlyList<int> foundBefore, string boxes, ReviewedTracks reviewed, MediaTarget target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(foundBefore);
        ArgumentNullException.ThrowIfNull(reviewed);
        ArgumentNullException.ThrowIfNull(target);
        var (round, finds, covered) = (foundBefore.Count + 1, new SecondFinds(), 0L);
        foreach (var piece in plan.Pieces)
        {
            var result = PieceResult.Read(Path.Combine(folder, plan.OutputsOf(piece)[1]), film.Vault);
            if (result.Pictures != piece.Pictures)
                throw new PieceMismatchException();
            result.AddTo(finds, piece.First);
            covered += result.Covered;
        }

        if (!FilmWork.IsClear(finds, round, MostRounds, AllowsFinds))
        {
            await work.AddFindsAsync(boxes, reviewed, finds, cancel, round);
            return new RoundEnd(null, finds.Count);
        }

        await JoinAsync(plan, folder, reviewed, target, cancel);
        var hidden = reviewed.Hidden.Where(track => track.Boxes.Length > 0).Select(track => track.Id).Distinct().Count();
        var done = new FilmResult(foundBefore);
        done.Take(round, RenderResult.Of(plan.Pictures, covered, hidden), finds);
        return new RoundEnd(done, finds.Count);
    }

    private async Task JoinAsync(PiecePlan plan, string folder, ReviewedTracks reviewed, MediaTarget target, CancellationToken cancel)
    {
        var info = await film.ProbeAsync(cancel);
        var settings = Rendering.ForWriter(await film.OpenSourceAsync(cancel), info, reviewed) with { Overwrite = true, PieceShift = plan.Shift };
        using var sound = film.Vault.Memory?.TakeRest();
        if (sound is not null)
        {
            // The film and what is made of it are not in memory at the same time.
            settings = info.Audio is null ? settings with { AudioFrom = null } : await FfmpegSound.KeepAsync(target.Container, settings, sound, cancel);
            film.Vault.Memory!.Trim(sound);
            film.Release();
        }

        using var trial = new TrialFilm(target.Address, film.Vault);
        await trial.WriteAsync(async into =>
        {
            await FfmpegJoin.RunAsync(into, settings, plan.Pieces.Select(piece => (Func<Stream>)(() => film.Vault.OpenRead(Path.Combine(folder, plan.OutputsOf(piece)[0])))), cancel);
            return true;
        });
        if (await trial.Written(Rendering.Tools).CountPicturesAsync(cancel) != plan.Pictures)
            throw new PieceMismatchException("What was made of the film's pieces has not as many pictures as the film.");
        await trial.KeepAsync(overwrite: true, cancel);
    }

    private ReviewedTracks Read(string boxes, string notes)
    {
        using var reader = BoxFileReader.Open(boxes, film.Vault);
        using var file = film.Vault.OpenRead(notes);
        return PieceNotes.Read(file).ApplyTo(reader.Head.Tracks ?? []);
    }

    private static MediaContainer KindOf(PiecePlan plan) => plan.Extension == ".ivf" ? MediaContainer.Ivf : MediaContainer.TransportStream;
}

/// <summary>What a round ended with.</summary>
/// <param name="Film">What came of the film; null where another round is due.</param>
/// <param name="Found">What the looks at its pieces found.</param>
public readonly record struct RoundEnd(FilmResult? Film, int Found);
