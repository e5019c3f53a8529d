using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Storage.Postgres;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>
/// Cuts jobs into pieces for workers on any machine, and puts together what they made. All that it knows stands in the table, so
/// a server that was killed goes on from there; it alone says what counts of a job.
/// <code>
/// what the film is ► segments, side by side ► linked, cut ► pieces, written and looked at again side by side ► joined
/// </code>
/// </summary>
internal sealed partial class JobDispatch(
    JobBoard board, TaskPlans plans, TaskTable tasks, SharedFiles shared, JobSources sources, JobEnds ends, JobFiles files, PostgresDatabase database,
    IOptions<FilmsOptions> options, LoopSupervisor supervisor, TimeProvider time, ILogger<JobDispatch> logger) : BackgroundService, IJobStop
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sweeping = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, JobEar> _ears = new(StringComparer.Ordinal);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task StopAsync(string job)
    {
        try
        {
            if (board.Find(job) is not null)
            {
                tasks.Withdraw(job);
                return;
            }

            tasks.Forget(job);
            await shared.CleanAsync(files.Of(job), job, isGone: true, CancellationToken.None);
        }
        catch (Exception error) when (error is StorageException || shared.IsFault(error))
        {
            // The next sweep does it.
            LogLater(logger, job, error.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watching = board.Watch(id =>
        {
            if (board.Find(id) is { State: JobState.Queued })
                _changes.Writer.TryWrite(true);
        });
        await Task.WhenAll(
            supervisor.RunAsync("jobs' pieces", ListenAsync, stoppingToken), supervisor.RunAsync("jobs' dispatch", DispatchAsync, stoppingToken));
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var signal = new PostgresSignal(database, TaskTable.DoneChannel);
        while (!stopping.IsCancellationRequested)
        {
            await signal.WaitAsync(Idle, stopping);
            _changes.Writer.TryWrite(true);
        }
    }

    private async Task DispatchAsync(CancellationToken stopping)
    {
        var swept = 0L;
        while (!stopping.IsCancellationRequested)
        {
            foreach (var job in board.All.Where(job => job.State is JobState.Queued or JobState.Running).ToList())
                await TryAsync(job.Id, () => AdvanceAsync(job, stopping));
            if (swept == 0 || time.GetElapsedTime(swept) > Sweeping)
            {
                await TryAsync("all", () => SweepAsync(stopping));
                swept = time.GetTimestamp();
            }

            await _changes.Reader.ReadAsync(stopping);
        }
    }

    private async Task TryAsync(string job, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is StorageException or IOException || shared.IsFault(error))
        {
            LogLater(logger, job, error.Message);
        }
    }

    private async Task AdvanceAsync(JobRecord job, CancellationToken stopping)
    {
        if (job.State == JobState.Queued)
        {
            if (board.Change(job.Id, now => now.State == JobState.Queued ? now with { State = JobState.Running } : null) is not { } running)
                return;
            job = running;
        }

        var rows = tasks.Of(job.Id, job.Generation);
        var ear = _ears.GetOrAdd(job.Id, id => new JobEar(board, id, time));
        if (rows.Find(row => row.Attempts >= options.Value.Attempts && (row.State == TaskState.Waiting || row.IsLate)) is { } dead)
        {
            board.Change(job.Id, now => now with { Attempts = dead.Attempts });
            await EndAsync(job, null, stopping);
            return;
        }

        var done = rows.Where(row => row.State == TaskState.Done).ToDictionary(
            row => row.Name, row => (Row: row, Result: JsonSerializer.Deserialize<TaskResult>(row.Result!, ApiJson.Options)!), StringComparer.Ordinal);
        foreach (var (_, result) in done.Values)
            if (result.Word.Problem is not null)
            {
                await EndAsync(job, result.Word, stopping);
                return;
            }

        if (done.Values.FirstOrDefault(one => one.Row.Name == TaskPlans.Finish || one.Result.Word.Done is not null) is { Row: not null } last)
        {
            // The box file may be another's, by which the last only wrote.
            if (TaskPlans.BoxesOf(done.Values.Select(one => (one.Row.Fence, one.Result))) is { } boxes)
                await shared.AdoptAsync(files.Of(job.Id), job.Id, boxes.Fence, [boxes.Name], stopping);
            await shared.AdoptAsync(files.Of(job.Id), job.Id, last.Row.Fence, last.Result.Files, stopping);
            await EndAsync(job, last.Result.Word, stopping);
            return;
        }

        if (TaskPlans.Progress(rows, [.. done.Select(one => (one.Key, one.Value.Result))]) is { } step)
            ear.Hear(new JobWord { Step = step });
        if (done.TryGetValue(TaskPlans.Film, out var described) && job.Film is null)
            ear.Hear(new JobWord { Film = described.Result.Word.Plan!.Film });
        await plans.AddAsync(job, rows, done.ToDictionary(one => one.Key, one => (one.Value.Row.Fence, one.Value.Result), StringComparer.Ordinal), stopping);
    }

    private async Task EndAsync(JobRecord job, JobWord? last, CancellationToken stopping)
    {
        ends.Finish(job, last);
        _ears.TryRemove(job.Id, out _);
        tasks.Forget(job.Id);
        await shared.CleanAsync(files.Of(job.Id), job.Id, isGone: false, stopping);
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        foreach (var id in tasks.Jobs())
            if (board.Find(id) is not { IsOver: false } job)
                tasks.Forget(id);
        sources.Sweep();
        await shared.SweepAsync(id => board.Find(id) is not null, stopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} is looked at again: {Problem}")]
    private static partial void LogLater(ILogger logger, string job, string problem);
}
