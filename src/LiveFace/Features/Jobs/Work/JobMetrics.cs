using System.Diagnostics.Metrics;
using LiveFace.Features.Jobs.State;
using LiveFace.Telemetry;

namespace LiveFace.Features.Jobs.Work;

/// <summary>What is counted of jobs and their workers.</summary>
internal sealed class JobMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _ended;

    public JobMetrics(IMeterFactory meters, JobBoard board)
    {
        _meter = meters.Create(MeterNames.Server);
        _meter.CreateObservableGauge("liveface.jobs.active", () => Count(board), description: "Jobs now, by state");
        _ended = _meter.CreateCounter<long>("liveface.jobs.workers.ended", description: "Workers of jobs that ended, by how");
        foreach (var how in Enum.GetValues<WorkerWord>())
            _ended.Add(0, Label(how));
    }

    /// <summary>A worker has ended.</summary>
    public void Ended(WorkerWord how) => _ended.Add(1, Label(how));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Label(WorkerWord how) => new("how", how.ToString().ToLowerInvariant());

    private static IEnumerable<Measurement<long>> Count(JobBoard board)
    {
        var states = board.All.GroupBy(job => job.State).ToDictionary(group => group.Key, group => (long)group.Count());
        return Enum.GetValues<JobState>().Select(state => new Measurement<long>(
            states.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant())));
    }
}

/// <summary>How a worker ended.</summary>
internal enum WorkerWord
{
    Done,
    Review,

    /// <summary>It said why the job cannot be done.</summary>
    Failed,

    /// <summary>It was asked to, or the server stops.</summary>
    Stopped,

    /// <summary>It said nothing: it crashed, or was killed.</summary>
    Died,
}
