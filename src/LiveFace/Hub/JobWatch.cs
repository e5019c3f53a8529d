using System.Collections.Concurrent;
using LiveFace.Features.Jobs;
using LiveFace.Features.Jobs.State;
using LiveFace.Telemetry;

namespace LiveFace.Hub;

/// <summary>Tells hub members of the jobs that they may see, here and at other nodes, at most twice a second each.</summary>
internal sealed class JobWatch(JobBoard board, JobViews views, IJobReach reach, HubMembers members, FaultSink faults, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, byte> _changed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ToldJob?> _elsewhere = new(StringComparer.Ordinal);
    private IDisposable? _watching;
    private IDisposable? _watchingElsewhere;
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
        Interlocked.Exchange(ref _watchingElsewhere, null)?.Dispose();
    }

    private void Tell()
    {
        HubMember[] watching = [.. members.All.Where(member => member.WatchesJobs)];
        WatchElsewhere(watching.Length > 0);
        foreach (var id in _changed.Keys)
        {
            _changed.TryRemove(id, out _);
            var job = board.Find(id);
            var view = job is null ? null : views.View(job);
            foreach (var member in watching)
            {
                if (job is null)
                    member.PostGone(id);
                else if (JobViews.Sees(member.Grant, job))
                    member.PostJob(id, view!);
            }
        }

        foreach (var id in _elsewhere.Keys)
            if (_elsewhere.TryRemove(id, out var told))
                foreach (var member in watching)
                {
                    if (told is null)
                        member.PostGone(id);
                    else if (JobViews.Sees(member.Grant, told.Owner, told.Credential))
                        member.PostJob(id, told.View);
                }
    }

    /// <summary>Other nodes are listened to while somebody here watches.</summary>
    private void WatchElsewhere(bool wanted)
    {
        if (!wanted)
            Interlocked.Exchange(ref _watchingElsewhere, null)?.Dispose();
        else
            _watchingElsewhere ??= reach.WatchElsewhere((id, told) => _elsewhere[id] = told);
    }
}

/// <summary>The job is no more.</summary>
internal sealed record JobGone(string Id);
