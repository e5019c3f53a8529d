using System.Globalization;
using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Films.Detection;
using LiveFace.Http;
using LiveFace.Storage.Postgres;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>Which pieces a job has, and which can be begun by what is done.</summary>
internal sealed class TaskPlans(JobFiles files, SharedFiles shared, TaskTable tasks, JobOrders orders)
{
    public const string Film = "film", Finish = "finish";

    private const string Source = "source";

    /// <summary>Adds the pieces that can be done now.</summary>
    public async Task AddAsync(JobRecord job, List<TaskRow> rows, Dictionary<string, (long Fence, TaskResult Result)> done, CancellationToken cancel)
    {
        var folder = files.Of(job.Id);
        if (rows.Exists(row => row.Name == Finish))
            return;
        if (job.Kind == JobKind.Picture || File.Exists(folder.Boxes))
        {
            await OfferAsync(job, folder, cancel);
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
        var have = rows.Select(row => row.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < segments; i++)
            if (!have.Contains(NameOf(i)))
                Add(job, NameOf(i), 1 + i, JobTask.Segment, [.. Inputs(job, folder)], i);
        if (Enumerable.Range(0, segments).All(i => done.ContainsKey(NameOf(i))))
            Add(job, Finish, int.MaxValue, JobTask.Whole, [.. Inputs(job, folder), .. Enumerable.Range(0, segments).Select(i => SegmentOf(job, i, done[NameOf(i)]))]);
    }

    /// <summary>How far all pieces together are.</summary>
    public static JobStep? Progress(List<TaskRow> rows, IEnumerable<TaskResult> done)
    {
        var running = rows.Where(row => row is { State: TaskState.Running, Progress: not null })
            .Select(row => JsonSerializer.Deserialize<JobStep>(row.Progress!, ApiJson.Options)!).ToList();
        if (running.Find(step => step.Stage != FilmStage.Detect) is { } last)
            return last;
        var looked = done.Select(one => one.Step).OfType<JobStep>().Where(step => step.Stage == FilmStage.Detect).Concat(running).ToList();
        return looked.Count == 0 ? null : new JobStep(FilmStage.Detect, 1, looked.Sum(step => step.Pictures), looked.Max(step => step.Total), looked.Sum(step => step.Found));
    }

    private static string NameOf(int segment) => string.Create(CultureInfo.InvariantCulture, $"segment-{segment:D6}");

    private static TaskInput SegmentOf(JobRecord job, int segment, (long Fence, TaskResult Result) done) =>
        new(SharedFiles.KeyOf(job.Id, done.Fence, NameOf(segment) + ".json"), NameOf(segment) + ".json");

    /// <summary>The server's files of a job that a worker needs.</summary>
    private static IEnumerable<TaskInput> Inputs(JobRecord job, JobFolder folder) =>
        new[] { folder.Source, folder.Boxes, folder.Edits }.Where(File.Exists).Select(path => Path.GetFileName(path))
            .Select(name => new TaskInput(SharedFiles.KeyOf(job.Id, name), name));

    private async Task OfferAsync(JobRecord job, JobFolder folder, CancellationToken cancel)
    {
        foreach (var (_, name) in Inputs(job, folder))
            if (name != Source || job.Generation == 1)
                await shared.OfferAsync(folder, job.Id, name, cancel);
    }

    private void Add(JobRecord job, string name, int place, JobTask task, IReadOnlyList<TaskInput> inputs, int segment = 0)
    {
        // What is a machine's own, and the key above all, is nowhere in the table.
        var order = orders.For(job) with { Folder = "", Key = null, LargestInMemory = 0, Models = "", Device = "", Task = task, Segment = segment };
        tasks.Add(job.Id, job.Generation, name, place, JsonSerializer.Serialize(new TaskOrder { Order = order, Inputs = inputs }, ApiJson.Options), files.KeyName);
    }
}
