using System.Globalization;
using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Films.Detection;
using LiveFace.Films.Pieces;
using LiveFace.Http;
using LiveFace.Storage.Postgres;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>Which pieces a job has, and which can be begun by what is done.</summary>
internal sealed class TaskPlans(JobFiles files, SharedFiles shared, JobSources sources, TaskTable tasks, JobOrders orders)
{
    public const string Film = "film", Finish = "finish", Prepare = "prepare";

    private const string PieceName = "piece-";

    /// <summary>Behind all segments.</summary>
    private const int FirstPlace = 1 << 24;

    private const string Source = "source";

    /// <summary>Adds the pieces that can be done now.</summary>
    public async Task AddAsync(JobRecord job, List<TaskRow> rows, Dictionary<string, (long Fence, TaskResult Result)> done, CancellationToken cancel)
    {
        var folder = files.Of(job.Id);
        if (rows.Exists(row => row.Name == Finish))
            return;
        var have = rows.Select(row => row.Name).ToHashSet(StringComparer.Ordinal);
        if (job.Kind == JobKind.Picture || File.Exists(folder.Boxes))
        {
            if (rows.Count == 0)
                await OfferAsync(job, folder, cancel);
            // Outlines are in no box file: what has one is written in pieces.
            if (job is { Kind: JobKind.Film, Renders: true })
                AddWriting(job, folder, [], have, done);
            else
                Add(job, Finish, int.MaxValue, JobTask.Whole, [.. Inputs(job, folder)]);
            return;
        }

        if (!done.TryGetValue(Film, out var film))
        {
            if (rows.Count > 0)
                return;
            await OfferAsync(job, folder, cancel);
            Add(job, Film, 0, JobTask.Describe, [.. Inputs(job, folder)]);
            return;
        }

        var plan = film.Result.Word.Plan!;
        var segments = plan.IsOnePass ? 0 : plan.Segments;
        for (var i = 0; i < segments; i++)
            if (!have.Contains(NameOf(i)))
                Add(job, NameOf(i), 1 + i, JobTask.Segment, [.. Inputs(job, folder)], i);
        if (!Enumerable.Range(0, segments).All(i => done.ContainsKey(NameOf(i))))
            return;
        var found = Enumerable.Range(0, segments).Select(i => SegmentOf(job, i, done[NameOf(i)]));
        if (job.Renders && !plan.IsOnePass)
            AddWriting(job, folder, [.. found], have, done);
        else
            Add(job, Finish, int.MaxValue, JobTask.Whole, [.. Inputs(job, folder), .. found]);
    }

    /// <summary>The newest box file that a worker made of a job; null where there is none.</summary>
    public static (long Fence, string Name)? BoxesOf(IEnumerable<(long Fence, TaskResult Result)> done)
    {
        var made = done.Where(one => one.Result.Files.Contains(JobFolder.BoxesName)).OrderBy(one => one.Fence).ToList();
        return made.Count == 0 ? null : (made[^1].Fence, JobFolder.BoxesName);
    }

    /// <summary>What is next of a film that was looked at: cut, written in pieces, joined; or written in one.</summary>
    private void AddWriting(
        JobRecord job, JobFolder folder, IReadOnlyList<TaskInput> segments, HashSet<string> have, Dictionary<string, (long Fence, TaskResult Result)> done)
    {
        List<TaskInput> inputs = [.. Inputs(job, folder)];
        if (BoxesOf(done.Values) is { } boxes)
            inputs = [.. inputs.Where(input => input.Name != boxes.Name), new TaskInput(SharedFiles.KeyOf(job.Id, boxes.Fence, boxes.Name), boxes.Name)];
        if (done.Values.Any(one => one.Result.Word.InOne))
        {
            Add(job, Finish, int.MaxValue, JobTask.Whole, inputs);
            return;
        }

        if (!have.Contains(Prepare))
            Add(job, Prepare, FirstPlace, JobTask.Prepare, [.. inputs, .. segments]);
        var rounds = done.Values.Where(one => one.Result.Word.Pieces is not null).OrderBy(one => one.Result.Word.Pieces!.FoundBefore.Count).ToList();
        if (rounds.Count == 0)
            return;
        var (fence, result) = rounds[^1];
        var (plan, before) = result.Word.Pieces!;
        var source = inputs.Where(input => input.Name == Source).ToList();
        for (var i = 0; i < plan.Pieces.Count; i++)
            if (!have.Contains(plan.Pieces[i].Name))
                Add(job, plan.Pieces[i].Name, FirstPlace + 1 + i, JobTask.Piece,
                    [.. source, .. PiecePlan.InputsOf(plan.Pieces[i]).Select(name => new TaskInput(SharedFiles.KeyOf(job.Id, fence, name), name))],
                    pieces: new JobPieces(plan with { Pieces = [plan.Pieces[i]] }, before));
        var join = string.Create(CultureInfo.InvariantCulture, $"join-{before.Count:D2}");
        if (have.Contains(join) || !plan.Pieces.All(piece => done.ContainsKey(piece.Name)))
            return;
        Add(job, join, int.MaxValue, JobTask.Join,
            [.. inputs, .. plan.Pieces.SelectMany(piece => plan.OutputsOf(piece).Select(name => new TaskInput(SharedFiles.KeyOf(job.Id, done[piece.Name].Fence, name), name)))],
            pieces: result.Word.Pieces);
    }

    /// <summary>How far all pieces together are.</summary>
    public static JobStep? Progress(List<TaskRow> rows, IReadOnlyCollection<(string Name, TaskResult Result)> done)
    {
        var running = rows.Where(row => row is { State: TaskState.Running, Progress: not null })
            .Select(row => (row.Name, Step: JsonSerializer.Deserialize<JobStep>(row.Progress!, ApiJson.Options)!)).ToList();
        if (running.Find(one => one.Step.Stage != FilmStage.Detect && !one.Name.StartsWith(PieceName, StringComparison.Ordinal)).Step is { } last)
            return last;
        if (done.Select(one => one.Result.Word.Pieces).OfType<JobPieces>().MaxBy(pieces => pieces.FoundBefore.Count) is { } written)
            return Written(written, running, done);
        var looked = done.Select(one => one.Result.Step).OfType<JobStep>().Concat(running.Select(one => one.Step)).Where(step => step.Stage == FilmStage.Detect).ToList();
        return looked.Count == 0 ? null : new JobStep(FilmStage.Detect, 1, looked.Sum(step => step.Pictures), looked.Max(step => step.Total), looked.Sum(step => step.Found));
    }

    private static JobStep Written(JobPieces written, List<(string Name, JobStep Step)> running, IReadOnlyCollection<(string Name, TaskResult Result)> done)
    {
        var (pieces, found) = (0L, 0L);
        var ended = done.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var piece in written.Plan.Pieces)
        {
            var step = running.Find(one => one.Name == piece.Name).Step;
            pieces += ended.Contains(piece.Name) ? piece.Pictures : step is null ? 0 : FilmWriting.Done(step.Stage, step.Pictures, piece.Pictures);
            found = Math.Max(found, step?.Found ?? 0);
        }

        return new JobStep(FilmStage.Render, written.FoundBefore.Count + 1, pieces, written.Plan.Pictures, found);
    }

    private static string NameOf(int segment) => string.Create(CultureInfo.InvariantCulture, $"segment-{segment:D6}");

    private static TaskInput SegmentOf(JobRecord job, int segment, (long Fence, TaskResult Result) done) =>
        new(SharedFiles.KeyOf(job.Id, done.Fence, NameOf(segment) + ".json"), NameOf(segment) + ".json");

    /// <summary>The server's files of a job that a worker needs.</summary>
    private IEnumerable<TaskInput> Inputs(JobRecord job, JobFolder folder) =>
        new[] { folder.Source, folder.Boxes, folder.Edits }.Where(path => File.Exists(path) || (shared.AreElsewhere && path == folder.Source)).Select(path => Path.GetFileName(path))
            .Select(name => new TaskInput(SharedFiles.KeyOf(job.Id, name), name));

    private async Task OfferAsync(JobRecord job, JobFolder folder, CancellationToken cancel)
    {
        foreach (var (_, name) in Inputs(job, folder))
            if (name == Source)
                await sources.SendAsync(job, cancel);
            else
                await shared.OfferAsync(folder, job.Id, name, cancel);
    }

    private void Add(JobRecord job, string name, int place, JobTask task, IReadOnlyList<TaskInput> inputs, int segment = 0, JobPieces? pieces = null)
    {
        // What is a machine's own, and the key above all, is nowhere in the table.
        var order = orders.For(job) with { Folder = "", Key = null, LargestInMemory = 0, Models = "", Device = "", Task = task, Segment = segment, Pieces = pieces };
        tasks.Add(job.Id, job.Generation, name, place, JsonSerializer.Serialize(new TaskOrder { Order = order, Inputs = inputs }, ApiJson.Options), files.KeyName);
    }
}
