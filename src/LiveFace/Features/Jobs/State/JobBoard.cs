using System.Collections.Concurrent;
using System.Text.Json;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Jobs.State;

/// <summary>
/// All jobs, in memory and in the database: a change is on the disk before anybody sees it. How far workers are is in memory
/// alone. Whoever watches is told which job changed, and never holds up who changed it.
/// </summary>
internal sealed class JobBoard
{
    private readonly ConcurrentDictionary<string, JobRecord> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JobProgress> _progress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Action<string>> _watchers = new();
    private readonly IStoredJobs _stored;
    private readonly FaultSink _faults;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long _lastWatcher;

    public JobBoard(IStoredJobs stored, JobFiles files, FaultSink faults, TimeProvider time)
    {
        (_stored, _faults, _time) = (stored, faults, time);
        foreach (var json in stored.All())
            if (JsonSerializer.Deserialize<JobRecord>(json, ApiJson.Options) is { } job)
                _jobs[job.Id] = job;
        files.Open(_jobs.Keys);
        Recover(files);
    }

    /// <summary>What a store keeps beside a job's JSON.</summary>
    public static (string Id, DateTimeOffset Created) Describe(string json) =>
        JsonSerializer.Deserialize<JobRecord>(json, ApiJson.Options) is { } job ? (job.Id, job.Created) : throw new JsonException("It is no job.");

    /// <summary>All jobs, those made first first.</summary>
    public IEnumerable<JobRecord> All => _jobs.Values.OrderBy(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal);

    /// <summary>Bytes that jobs hold or are to hold, uploads and results.</summary>
    public long Bytes => _jobs.Values.Sum(job => job.Bytes + (job.Result?.Bytes ?? 0));

    public JobRecord? Find(string id) => _jobs.GetValueOrDefault(id);

    public JobProgress? ProgressOf(string id) => _progress.GetValueOrDefault(id);

    /// <summary>Adds a job, if it is still one that may be added.</summary>
    /// <exception cref="StorageException">It is not kept.</exception>
    public void Add(JobRecord job, Action<IEnumerable<JobRecord>> require)
    {
        lock (_lock)
        {
            require(_jobs.Values);
            Save(job);
        }

        Tell(job.Id);
    }

    /// <summary>Makes another of a job, and gives that; null where there is no such job, or no change was made.</summary>
    /// <exception cref="StorageException">It is not kept, and nothing was changed.</exception>
    public JobRecord? Change(string id, Func<JobRecord, JobRecord?> change)
    {
        JobRecord? changed;
        lock (_lock)
        {
            changed = Find(id) is { } job ? change(job) : null;
            if (changed is null)
                return null;
            Save(changed = changed with { Changed = _time.GetUtcNow() });
            if (changed.State != JobState.Running)
                _progress.TryRemove(id, out _);
        }

        Tell(id);
        return changed;
    }

    /// <summary>Takes a job out; its files are for the caller to delete.</summary>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            if (!_jobs.ContainsKey(id))
                return false;
            _stored.Remove(id);
            _jobs.TryRemove(id, out _);
            _progress.TryRemove(id, out _);
        }

        Tell(id);
        return true;
    }

    public void Report(string id, JobProgress progress)
    {
        if (Find(id) is not { State: JobState.Running })
            return;
        _progress[id] = progress;
        Tell(id);
    }

    /// <summary>Calls with the id of each job that changes, until it is disposed.</summary>
    public IDisposable Watch(Action<string> changed)
    {
        var number = Interlocked.Increment(ref _lastWatcher);
        _watchers[number] = changed;
        return new Watching(this, number);
    }

    private void Save(JobRecord job)
    {
        _stored.Save(job.Id, job.Created, JsonSerializer.Serialize(job, ApiJson.Options));
        _jobs[job.Id] = job;
    }

    /// <summary>What a server that was killed left running waits again, and what it was still being sent in one piece is gone.</summary>
    private void Recover(JobFiles files)
    {
        foreach (var job in All.ToList())
        {
            if (job.State == JobState.Running)
                Save(job with { State = JobState.Queued });
            if (job is { State: JobState.Uploading, IsResumable: false })
            {
                _stored.Remove(job.Id);
                _jobs.TryRemove(job.Id, out _);
                files.Delete(job.Id);
            }
        }
    }

    private void Tell(string id)
    {
        foreach (var watcher in _watchers.Values)
            _faults.Guard("job watcher", () => watcher(id));
    }

    private sealed class Watching(JobBoard board, long number) : IDisposable
    {
        public void Dispose() => board._watchers.TryRemove(number, out _);
    }
}
