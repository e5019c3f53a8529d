using System.Collections.Concurrent;
using LiveFace.Features.Jobs;
using LiveFace.Features.Jobs.State;
using LiveFace.Telemetry;

namespace LiveFace.Hub;

/// <summary>Tells hub members of the jobs that they may see, at most twice a second each.</summary>
internal sealed class JobWatch(JobBoard board, JobViews views, HubMembers members, FaultSink faults, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, byte> _changed = new(StringComparer.Ordinal);
    private IDisposable? _watching;
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watching = board.Watch(id => _changed[id] = 0);
        _timer = time.CreateTimer(_ => faults.Guard("job watch", Tell), null, Interval, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watching?.Dispose();
        _timer?.Dispose();
    }

    private void Tell()
    {
        foreach (var id in _changed.Keys)
        {
            _changed.TryRemove(id, out _);
            var job = board.Find(id);
            var view = job is null ? null : views.View(job);
            foreach (var member in members.All.Where(member => member.WatchesJobs))
            {
                if (job is null)
                    member.PostGone(id);
                else if (JobViews.Sees(member.Grant, job))
                    member.PostJob(id, view!);
            }
        }
    }
}

/// <summary>The job is no more.</summary>
internal sealed record JobGone(string Id);
