using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>
/// Claims pieces of work and does them, one after the other, each in a process of its own. It stops as soon as the table says that a piece is
/// another's. While the database or the files cannot be reached it goes on with what it has, and tries to say so until it can.
/// </summary>
internal sealed partial class TaskLoop(
    PostgresDatabase database, TaskTable tasks, SharedFiles shared, JobFiles files, IOptions<FilmsOptions> options, WorkPlace place, ILogger<TaskLoop> logger)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}";
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    public async Task RunAsync(CancellationToken stopping)
    {
        await using var signal = new PostgresSignal(database, TaskTable.WorkChannel);
        while (!stopping.IsCancellationRequested)
        {
            if (Try(() => tasks.Claim(_owner, _lease, options.Value.Attempts, files.KeyName)) is { } claimed)
                await DoAsync(claimed, stopping);
            else
                await signal.WaitAsync(Idle, stopping);
        }
    }

    private async Task DoAsync(TaskRow task, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heart = new Heart();
        var beating = BeatAsync(task, heart, stop);
        string? folder = null;
        var (isOver, counts, rests) = (false, false, false);
        try
        {
            folder = shared.MakeFolder(task.Job, task.Fence);
            var (result, died) = await WorkAsync(task, folder, heart, stop.Token);
            counts = died;
            isOver = result is not null && await TellAsync(() => tasks.Finish(task, JsonSerializer.Serialize(result, ApiJson.Options)), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is another's, or this one stops.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            (counts, rests) = (true, true);
            LogFailed(logger, task.Job, task.Name, error.Message);
        }
        finally
        {
            await stop.CancelAsync();
            await beating;
            if (folder is not null && (!isOver || shared is BucketFiles) && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            if (!isOver && !heart.IsLost)
                Try(() => tasks.Release(task, counts));
        }

        // So that it is another's turn first.
        if (rests)
            await Task.Delay(Rest, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<(TaskResult? Result, bool Died)> WorkAsync(TaskRow task, string folder, Heart heart, CancellationToken stop)
    {
        var ordered = JsonSerializer.Deserialize<TaskOrder>(task.Task, ApiJson.Options)!;
        IDisposable? lent = null;
        await PatientlyAsync(async cancel => lent = await shared.LendAsync(task.Job, ordered.Inputs, folder, cancel), stop);
        using var until = lent;
        var before = Directory.GetFiles(folder).ToHashSet(StringComparer.Ordinal);
        var stamps = before.ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
        var last = await JobProcess.RunAsync(
            ordered.Order with
            {
                Folder = folder,
                Key = files.KeyOf(task.Job)?.Export(),
                LargestInMemory = options.Value.MemoryBytes,
                Models = place.Models,
                Device = place.Device,
                Sandbox = place.Sandbox,
            },
            word => heart.Step = word.Step ?? heart.Step, said => LogDied(logger, task.Job, task.Name, said), stop);
        if (last is null)
            return (null, true);
        // Another machine may have room.
        if (last.Problem == JobWorker.DiskIsFull)
            throw new IOException(last.Problem);
        // What it made, or wrote anew; its lock and what broke off are nobody's.
        string[] made = last.Problem is not null ? [] : [.. Directory.GetFiles(folder)
            .Where(file => (!before.Contains(file) || File.GetLastWriteTimeUtc(file) != stamps[file]) && !file.EndsWith(".part", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)).Where(name => name is not "lock")];
        await PatientlyAsync(cancel => shared.PublishAsync(task.Job, task.Fence, folder, made, cancel), stop);
        return (new TaskResult { Word = last, Files = made, Step = heart.Step }, false);
    }

    /// <summary>Renews the lease until the work ends; stops the work where it is another's.</summary>
    private async Task BeatAsync(TaskRow task, Heart heart, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(_lease / 6 < Pause ? _lease / 6 : Pause, CancellationToken.None);
            if (stop.IsCancellationRequested)
                return;
            var step = heart.Step is { } said ? JsonSerializer.Serialize(said, ApiJson.Options) : null;
            bool? mine = Try<bool?>(() => tasks.Renew(task, _lease, step));
            if (mine != false)
                continue;
            heart.IsLost = true;
            LogLost(logger, task.Job, task.Name);
            await stop.CancelAsync();
        }
    }

    /// <summary>Tries until what is shared takes it.</summary>
    private async Task PatientlyAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        for (var pause = Pause; ; pause = pause < Idle ? pause * 2 : Idle)
        {
            try
            {
                await work(stop);
                return;
            }
            catch (Exception error) when (shared.IsFault(error) && !stop.IsCancellationRequested)
            {
                LogUnreachable(logger, error.Message);
                await Task.Delay(pause, stop);
            }
        }
    }

    private async Task<bool> TellAsync(Func<bool> tell, CancellationToken stop)
    {
        while (true)
        {
            if (Try<bool?>(() => tell()) is { } told)
                return told;
            await Task.Delay(Pause, stop);
        }
    }

    private T? Try<T>(Func<T?> ask)
    {
        try
        {
            return ask();
        }
        catch (StorageException error)
        {
            LogUnreachable(logger, error.Message);
            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of {Task} of job {Job} died: {Said}")]
    private static partial void LogDied(ILogger logger, string job, string task, string said);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Task} of job {Job} was not done: {Problem}")]
    private static partial void LogFailed(ILogger logger, string job, string task, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task} of job {Job} is another worker's by now, or nobody's; it is stopped here")]
    private static partial void LogLost(ILogger logger, string job, string task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It is tried again: {Problem}")]
    private static partial void LogUnreachable(ILogger logger, string problem);

    private sealed class Heart
    {
        private volatile JobStep? _step;
        private volatile bool _isLost;

        public JobStep? Step
        {
            get => _step;
            set => _step = value;
        }

        public bool IsLost
        {
            get => _isLost;
            set => _isLost = value;
        }
    }
}
