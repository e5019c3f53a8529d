using System.Collections.Concurrent;
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
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Jobs.Review;

/// <summary>
/// The reviews of jobs: box file, edits, and the tracks that come of both. What was read is kept for the few jobs that were asked
/// about last, as long as neither file changes.
/// </summary>
internal sealed class JobReviews(JobBoard board, JobFiles files, RoomPolicies policies, FfmpegTools tools, TimeProvider time) : IDisposable
{
    private const int MostKept = 4;

    private readonly ConcurrentDictionary<string, OpenReview> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The review of a job whose film is linked.</summary>
    /// <exception cref="ProblemException">It is not, yet.</exception>
    public async Task<OpenReview> OpenAsync(JobRecord job, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return await ReadAsync(job, cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Adds an edit, once it is known that it can be applied and goes below no floor.</summary>
    /// <exception cref="ProblemException">It cannot be applied, or the job is being worked on.</exception>
    public async Task<LoggedEdit> AddAsync(JobRecord job, string json, string by, Action<LoggedEdit> audit, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var review = await ReadAsync(job, cancel);
            if (board.Find(job.Id) is not { IsOver: true })
                throw WrongState(job);
            var edit = Checked(review, json);
            audit(new LoggedEdit(review.Log.Edits.Count + 1, time.GetUtcNow(), by, edit));
            var logged = review.Log.Append(files.Of(job.Id).Edits, edit, time.GetUtcNow(), by);
            _open.TryRemove(job.Id, out _);
            board.Change(job.Id, now => now with { Edits = logged.Number });
            return logged;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

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

    private async Task<OpenReview> ReadAsync(JobRecord job, CancellationToken cancel)
    {
        var folder = files.Of(job.Id);
        if (!File.Exists(folder.Boxes))
            throw WrongState(job);
        var stamp = (File.GetLastWriteTimeUtc(folder.Boxes), new FileInfo(folder.Edits) is { Exists: true } log ? log.Length : 0);
        if (_open.TryGetValue(job.Id, out var known) && known.Stamp == stamp)
            return known;
        var index = PictureIndex.Read(folder.Boxes);
        if (index.Head.Tracks is null)
            throw WrongState(job);
        var film = new FilmFile(folder.Source, tools);
        var edits = EditLog.Read(folder.Edits);
        // A box that was added by hand is followed through the film as it will be when it is written.
        var tracks = await new FilmWork(film, [], PolicyPresets.BlurFaces) { Rendering = new RenderOptions { Tools = tools } }.ReviewAsync(folder.Boxes, edits, cancel);
        var review = new OpenReview(stamp, film, index, edits, tracks);
        while (_open.Count >= MostKept && _open.Keys.FirstOrDefault() is { } oldest)
            _open.TryRemove(oldest, out _);
        return _open[job.Id] = review;
    }

    private static ProblemException WrongState(JobRecord job) =>
        new(Problem.JobState, $"It is {job.State.ToString().ToLowerInvariant()}, and there is nothing to review{(job.Kind == JobKind.Picture ? " of a picture" : "")}.");
}

/// <summary>What is known of a film under review.</summary>
internal sealed record OpenReview((DateTime Boxes, long Edits) Stamp, FilmFile Film, PictureIndex Index, EditLog Log, ReviewedTracks Tracks);
