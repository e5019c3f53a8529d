using LiveFace.Features.Jobs.Spread;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Films.Stills;
using LiveFace.Http;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Jobs.Review;

/// <summary>
/// The reviews of jobs: box file, edits, and the tracks that come of both. What was read is kept for the few jobs that were asked
/// about last, as long as neither file changes. A job is read once for all who wait for it, and nobody waits for another job's film.
/// </summary>
internal sealed class JobReviews(
    JobBoard board, JobFiles files, RoomPolicies policies, FfmpegTools tools, DecoderSandbox sandbox, JobSources sources, TimeProvider time)
{
    private const int MostKept = 4;

    /// <summary>Who waits for one job's review: a page asks for several things at once.</summary>
    internal const int MostWaitingForOne = 32;

    private const int MostWaiting = 64;

    /// <summary>Reviews are read beside live rooms: so many files at a time, and so many films through which a box is followed.</summary>
    private const int AtOnce = 2;

    private const string Reading = "reading", Following = "following";

    /// <summary>Pages and proxies give up on an answer after half a minute or a whole one.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly KeptReviews _kept = new(MostKept);
    private readonly Turns _jobs = new(1, MostWaitingForOne, LongestWait);
    private readonly Turns _readers = new(AtOnce, MostWaiting, LongestWait);

    /// <summary>The review of a job whose film is linked.</summary>
    /// <exception cref="ProblemException">It is not, yet, or many wait for it already.</exception>
    public async Task<OpenReview> OpenAsync(JobRecord job, CancellationToken cancel)
    {
        if (Known(job) is { } known)
            return known;
        using var turn = await _jobs.TakeAsync(job.Id, cancel);
        return await ReadAsync(job, cancel);
    }

    /// <summary>Adds an edit, once it is known that it can be applied and goes below no floor.</summary>
    /// <exception cref="ProblemException">It cannot be applied, the job is being worked on, or many wait for it already.</exception>
    public async Task<LoggedEdit> AddAsync(JobRecord job, string json, string by, Action<LoggedEdit> audit, CancellationToken cancel)
    {
        using var turn = await _jobs.TakeAsync(job.Id, cancel);
        var review = await ReadAsync(job, cancel);
        if (board.Find(job.Id) is not { IsOver: true })
            throw WrongState(job);
        var edit = Checked(review, json);
        audit(new LoggedEdit(review.Log.Edits.Count + 1, time.GetUtcNow(), by, edit));
        try
        {
            var logged = review.Log.Append(files.Of(job.Id).Edits, edit, time.GetUtcNow(), by, files.Of(job.Id).Vault);
            board.Change(job.Id, now => now with { Edits = logged.Number });
            return logged;
        }
        finally
        {
            // Its log has the edit now, and its tracks do not.
            _kept.Forget(job.Id);
        }
    }

    private FilmEdit Checked(OpenReview review, string json)
    {
        try
        {
            var edit = EditText.Read(json, review.Tracks.LastId + 1);
            var with = review.Log.With(edit);
            with.ApplyTo(review.Index.Head.Tracks!, review.Index.Count);
            EditFloor.Check(with, review.Index.Head, policies.Floor);
            return edit;
        }
        catch (FileRedactionException refused)
        {
            throw new ProblemException(Problem.EditInvalid, refused.Message);
        }
    }

    private static (DateTime Boxes, long Edits) StampOf(JobFolder folder) =>
        (File.GetLastWriteTimeUtc(folder.Boxes), new FileInfo(folder.Edits) is { Exists: true } log ? log.Length : 0);

    private OpenReview? Known(JobRecord job)
    {
        var folder = files.Of(job.Id);
        return File.Exists(folder.Boxes) ? _kept.Find(job.Id, StampOf(folder)) : throw WrongState(job);
    }

    private async Task<OpenReview> ReadAsync(JobRecord job, CancellationToken cancel)
    {
        if (Known(job) is { } known)
            return known;
        var folder = files.Of(job.Id);
        var stamp = StampOf(folder);
        var edits = EditLog.Read(folder.Edits, folder.Vault);
        // Those that wait for a film to be gone through hold up none that is only read.
        var follows = edits.InForce().Any(logged => logged.Edit is AddBox or AddKeyframes);
        if (follows && job.Kind != JobKind.Picture)
            await sources.BringAsync(job.Id, cancel);
        using var turn = await _readers.TakeAsync(follows ? Following : Reading, cancel);
        var index = PictureIndex.Read(folder.Boxes, folder.Vault);
        if (index.Head.Tracks is null)
            throw WrongState(job);
        var (film, tracks) = job.Kind == JobKind.Picture ? OfPicture(folder, index, edits) : await OfFilmAsync(folder, edits, cancel);
        var review = new OpenReview(stamp, film, index, edits, tracks) { Needs = until => sources.BringAsync(job.Id, until) };
        _kept.Keep(job.Id, review);
        return review;
    }

    private async Task<(IFilm Film, ReviewedTracks Tracks)> OfFilmAsync(JobFolder folder, EditLog edits, CancellationToken cancel)
    {
        var film = new FilmFile(folder.Source, tools, folder.Vault);
        // A box that was added by hand is followed through the film as it will be when it is written.
        var tracks = await new FilmWork(film, [], PolicyPresets.BlurFaces) { Rendering = new RenderOptions { Tools = tools } }.ReviewAsync(folder.Boxes, edits, cancel);
        film.Release();
        return (film, tracks);
    }

    private (IFilm Film, ReviewedTracks Tracks) OfPicture(JobFolder folder, PictureIndex index, EditLog edits) => (
        StillFilm.File(folder.Source, folder.Vault, sandbox), edits.ApplyTo(index.Head.Tracks!, index.Count));

    private static ProblemException WrongState(JobRecord job) =>
        new(Problem.JobState, $"It is {job.State.ToString().ToLowerInvariant()}, and there is nothing to review{(job is { Kind: JobKind.Picture, Review: false } ? " of a picture that was not to be reviewed" : "")}.");
}

/// <summary>What is known of a film under review.</summary>
internal sealed record OpenReview((DateTime Boxes, long Edits) Stamp, IFilm Film, PictureIndex Index, EditLog Log, ReviewedTracks Tracks)
{
    /// <summary>Brings the film where it is not here; before its pictures are read.</summary>
    public required Func<CancellationToken, Task> Needs { get; init; }
}
