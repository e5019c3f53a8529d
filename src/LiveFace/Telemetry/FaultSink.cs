using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LiveFace.Telemetry;

/// <summary>
/// Where every catch-all reports what it caught: counted by place, and logged at most once a minute for each place, so
/// that a fault that repeats with each packet is told and fills no disk. Libraries take <see cref="Report"/> as an
/// <see cref="Action{T1, T2}"/>. Places are names in our code, never anything that came in.
/// </summary>
internal sealed partial class FaultSink : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly ILogger<FaultSink> _logger;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _counter;

    public FaultSink(IMeterFactory meters, ILogger<FaultSink> logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
        _meter = meters.Create(MeterNames.Server);
        _counter = _meter.CreateCounter<long>("liveface.faults", description: "Exceptions that no rule foresaw, by place");
        _counter.Add(0);
    }

    /// <summary>Counts a fault, and logs it unless its place was logged a moment ago. Never throws.</summary>
    public void Report(string place, Exception error)
    {
        _counter.Add(1, new KeyValuePair<string, object?>("place", place));
        if (!_places.GetOrAdd(place, static _ => new Place()).TryLog(_time, out var before))
            return;
        try
        {
            LogFault(_logger, place, before, error);
        }
#pragma warning disable CA1031 // A log that fails must not end what the fault did not.
        catch (Exception)
#pragma warning restore CA1031
        {
            _counter.Add(1, new KeyValuePair<string, object?>("place", "log"));
        }
    }

    /// <summary>Faults of one place so far.</summary>
    public long CountOf(string place) => _places.TryGetValue(place, out var known) ? known.Count : 0;

    /// <summary>Does something that must not end its caller, as a timer's callback, which would end the program.</summary>
    public void Guard(string place, Action work)
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // That is what it is for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Report(place, error);
        }
    }

    /// <summary>Waits for work that nobody else waits for, reports its fault, and does what follows from it.</summary>
    public async Task WatchAsync(string place, Task work, Action failed)
    {
        try
        {
            await work;
        }
#pragma warning disable CA1031 // Whatever it is, it would be seen by nobody else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Report(place, error);
            failed();
        }
    }

    public void Dispose() => _meter.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault in {Place} ({Before} more since the last line of it)")]
    private static partial void LogFault(ILogger logger, string place, long before, Exception error);

    private sealed class Place
    {
        private readonly Lock _lock = new();
        private long _count;
        private long _loggedCount;
        private long _loggedAt;

        public long Count => Interlocked.Read(ref _count);

        public bool TryLog(TimeProvider time, out long before)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                before = _count++ - _loggedCount;
                if (_loggedCount != 0 && time.GetElapsedTime(_loggedAt, now) < BetweenLines)
                    return false;
                (_loggedCount, _loggedAt) = (_count, now);
                return true;
            }
        }
    }
}
