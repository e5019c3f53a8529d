using System.Security.Cryptography;
using System.Text;
using LiveFace.Features.Jobs.State;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Films.Pieces;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Films.Review;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// Does a film's job from wherever it was left: segments that were looked at are not looked at again, nor is a film that is
/// linked linked, nor a piece that is written written.
/// <code>
/// segments ► box file ► tracks ─► (review) ─► pieces ► result ► outcome
/// </code>
/// </summary>
internal sealed class FilmJob(JobOrder order, JobWords words)
{
    private readonly JobFolder _files = order.Files();
    private readonly FfmpegTools _tools = FfmpegTools.OnPath with { Confiner = ToolConfiner.For(order.Sandbox, "liveface") };

    public async Task<JobWord> RunAsync(CancellationToken cancel)
    {
        if (order.Renders && Finished() is { } outcome)
            return new JobWord { Done = outcome };
        var policy = Read(order.Policy);
        using var film = new FilmFile(_files.Source, _tools, _files.Vault);
        var facts = await film.DescribeAsync(cancel);
        words.Say(new JobWord { Film = Describe(facts) });
        if (order.Task == JobTask.Describe)
            return new JobWord { Plan = new JobPlan(Parts(facts).Count, RecordedPolicy.NeedsOnePass(policy), Describe(facts)) };
        using var models = await FileModels.OpenAsync(
            ModelCatalogue.Load(order.Models), [.. PolicySnapshot.Create(1, policy).Models],
            new InferenceOptions { Device = order.Device, Threads = 1 }, progress: null, cancel);
        if (RecordedPolicy.NeedsOnePass(policy))
            return new JobWord { Done = await InOnePassAsync(film, facts, policy, models, cancel) };
        var work = new FilmWork(film, models.All, policy)
        {
            ModelHashes = models.Hashes, Progress = words, AllowsFinds = order.AllowsFinds, Rendering = new RenderOptions { Tools = _tools, Overwrite = true },
            Readers = await models.ReadersAsync(policy, cancel),
            Attributes = order.Attributes == FaceTraits.None ? null : new AskedReaders(await models.ReadersAsync(order.Attributes, cancel), order.Attributes),
        };
        if (order.Task == JobTask.Segment)
        {
            await work.DetectAsync(_files.Segment(order.Segment), Parts(facts)[order.Segment], cancel);
            return new JobWord { Ready = true };
        }

        var target = MediaTarget.File(_files.Result(order.Generation, Extension(facts)));
        var pieces = new PieceWork(work, film, models.All, policy) { Rendering = work.Rendering, Progress = words, AllowsFinds = order.AllowsFinds };
        var writing = new FilmWriting(order, _files, words, work, pieces, target);
        if (order.Task == JobTask.Piece)
            return await writing.PieceAsync(cancel);
        if (!File.Exists(_files.Boxes))
            await DetectAsync(work, facts, cancel);
        if (!order.Renders)
        {
            if (!IsLinked())
                await work.LinkAsync(_files.Boxes, _files.Boxes, cancel);
            // Not every container knows how many pictures there are; who reviews has to.
            return new JobWord { Ready = true, Film = Describe(facts) with { Pictures = Count(_files.Boxes).Pictures } };
        }

        var edits = await ReadyAsync(work, cancel);
        if (order.Task == JobTask.Prepare)
            return await writing.PrepareAsync(edits, [], cancel);
        var (done, next) = order.Task == JobTask.Join ? await writing.JoinAsync(edits, cancel) : (await writing.RunAsync(edits, cancel), null);
        return next ?? new JobWord { Done = await TellAsync(work, film, facts, policy, edits, target.Address, done!, cancel) };
    }

    private static RedactionPolicy Read(string json) => PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var policy, out var problems)
        ? policy
        : throw new FileRedactionException($"The policy is not valid any more: {string.Join("; ", problems)}.");

    private static JobFilm Describe(FilmFacts facts) => new(
        facts.Width, facts.Height, facts.FramesPerSecond, Pictures(facts), facts.Duration?.TotalSeconds, facts.Sha256!, facts.Codec, facts.Container);

    private static long? Pictures(FilmFacts facts) => facts.Duration is { } length && facts.FramesPerSecond > 0
        ? (long)Math.Round(length.TotalSeconds * facts.FramesPerSecond)
        : null;

    private async Task DetectAsync(FilmWork work, FilmFacts facts, CancellationToken cancel)
    {
        var parts = Parts(facts);
        var (before, found) = (0L, 0L);
        for (var i = 0; i < parts.Count; i++)
        {
            words.Shift = seen => seen with { Pictures = before + seen.Pictures, Found = found + seen.Found, Total = Pictures(facts) };
            if (!File.Exists(_files.Segment(i)))
            {
                await work.DetectAsync(_files.Segment(i), parts[i], cancel);
                words.Say(new JobWord { Kept = true });
            }

            var (pictures, finds) = Count(_files.Segment(i));
            (before, found) = (before + pictures, found + finds);
        }

        words.Shift = null;
        await FilmWork.MergeAsync([.. Enumerable.Range(0, parts.Count).Select(_files.Segment)], _files.Boxes, _files.Vault);
        for (var i = 0; i < parts.Count; i++)
            File.Delete(_files.Segment(i));
    }

    /// <summary>Segments by the film's clock; the last goes on to its end, however long that is.</summary>
    private List<FilmPart> Parts(FilmFacts facts)
    {
        var segment = TimeSpan.FromSeconds(order.SegmentSeconds);
        var count = facts.Duration is { } length ? Math.Max(1, (int)Math.Floor(length / segment)) : 1;
        return [.. Enumerable.Range(0, count).Select(i => new FilmPart(i == 0 ? null : i * segment, i == count - 1 ? null : (i + 1) * segment))];
    }

    private (long Pictures, long Finds) Count(string boxes)
    {
        using var reader = BoxFileReader.Open(boxes, _files.Vault);
        var (picture, finds) = (new BoxPicture(), 0L);
        while (reader.TryNext(picture))
            finds += picture.Found.Count;
        return (reader.Pictures, finds);
    }

    private bool IsLinked()
    {
        using var reader = BoxFileReader.Open(_files.Boxes, _files.Vault);
        return reader.Head.Tracks is not null;
    }

    /// <summary>Links the film where it is not, and gives the edits by which it is written.</summary>
    private async Task<EditLog> ReadyAsync(FilmWork work, CancellationToken cancel)
    {
        if (!IsLinked())
            await work.LinkAsync(_files.Boxes, _files.Boxes, cancel);
        words.Say(new JobWord { Kept = true });
        var edits = EditLog.Read(_files.Edits, _files.Vault);
        using var linked = BoxFileReader.Open(_files.Boxes, _files.Vault);
        EditFloor.Check(edits, linked.Head, order.Floor is { } floor ? Read(floor) : null);
        return edits;
    }

    private async Task<JobOutcome> TellAsync(
        FilmWork work, FilmFile film, FilmFacts facts, RedactionPolicy policy, EditLog edits, string result, FilmResult done, CancellationToken cancel)
    {
        var reviewed = await work.ReviewAsync(_files.Boxes, edits, cancel);
        using var reader = BoxFileReader.Open(_files.Boxes, _files.Vault);
        var doubts = await new DoubtPictures(film, _files, policy).TakeAsync(reviewed, cancel);
        return Keep(new JobOutcome
        {
            Result = await ResultAsync(result, done.Pictures, cancel) with
            {
                Covered = done.Covered,
                Tracks = done.Tracks,
                Rounds = done.Rounds,
                FoundAgain = done.FoundAgain,
                Left = done.Left,
            },
            Edits = edits.Edits.Count,
            Models = [.. reader.Head.Models.SelectMany(model =>
                model.Seconds.Select(second => new JobModel(model.Name, second.Id, second.Sha256)).Prepend(new JobModel(model.Name, model.Id, model.Sha256)))],
            At = TimeProvider.System.GetUtcNow(), InputSha256 = facts.Sha256!, Policy = order.Policy,
            LeastCertain = doubts,
        });
    }

    /// <summary>Outlines are in no box file: the film is redacted as it is read, and there is nothing to review.</summary>
    private async Task<JobOutcome> InOnePassAsync(FilmFile film, FilmFacts facts, RedactionPolicy policy, FileModels models, CancellationToken cancel)
    {
        var target = _files.Result(order.Generation, Extension(facts));
        var total = Pictures(facts);
        var source = await film.OpenSourceAsync(cancel);
        using var trial = new TrialFilm(target, _files.Vault);
        var readers = await models.ReadersAsync(policy, cancel);
        var done = await trial.WriteAsync(into => new OnePassRedaction(source, into, policy, models.All)
        {
            Overwrite = true, Tools = _tools, Readers = readers,
            Progress = new Forward<OnePassProgress>(now => words.Report(new FilmProgress(FilmStage.Render, 1, now.Frames, now.Total ?? total, now.Most))),
        }.RunAsync(cancel));
        await trial.KeepAsync(overwrite: true, cancel);
        return Keep(new JobOutcome
        {
            Result = await ResultAsync(target, done.Frames, cancel) with { Covered = done.Covered, Tracks = done.Most },
            Edits = 0, At = TimeProvider.System.GetUtcNow(), InputSha256 = facts.Sha256!, Policy = order.Policy, LeastCertain = [],
            Models = [.. models.All.Select(model => new JobModel(model.Name, model.Detector.ModelId, models.Hashes.GetValueOrDefault(model.Detector.ModelId)))],
        });
    }

    private static string Extension(FilmFacts facts) => facts.Container switch
    {
        "gif" => ".gif",
        "apng" => ".apng",
        var other when !other.Contains("matroska", StringComparison.Ordinal) => ".mp4",
        _ => facts.Codec is "vp8" or "vp9" or "av1" ? ".webm" : ".mkv",
    };

    private async Task<JobResult> ResultAsync(string path, long pictures, CancellationToken cancel)
    {
        await using var file = _files.Vault.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        var type = Path.GetExtension(path) switch { ".webm" => "video/webm", ".mkv" => "video/x-matroska", ".gif" => "image/gif", ".apng" => "image/apng", _ => "video/mp4" };
        return new JobResult(file.Length, hash, type, pictures, 0, 0, 1, [], 0) { File = Path.GetFileName(path) };
    }

    private JobOutcome Keep(JobOutcome outcome)
    {
        JobOutcomes.Write(_files.Vault, _files.Outcome(order.Generation), outcome);
        return outcome;
    }

    /// <summary>What a worker before this one finished, if the server did not hear of it.</summary>
    private JobOutcome? Finished() => JobOutcomes.Read(_files.Vault, _files.Outcome(order.Generation)) is { } outcome && File.Exists(_files.In(outcome.Result.File)) ? outcome : null;

    private sealed class Forward<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
