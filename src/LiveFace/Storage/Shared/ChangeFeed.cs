using System.Threading.Channels;
using LiveFace.Telemetry;

namespace LiveFace.Storage.Shared;

/// <summary>
/// Reads what other servers changed, as soon as the database says so and twice a second whether it does or not, and has memory read it anew.
/// What is known counts as known only once everything in memory has it, so whatever fails here makes the server admit nobody.
/// <code>
/// NOTIFY ─┐
/// clock ──┴► changes since the last number ► listeners read their rows anew ► fresh until so long after the question was asked
/// </code>
/// </summary>
internal sealed partial class ChangeFeed : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly SharedStore _store;
    private readonly StoreFreshness _fresh;
    private readonly IStoreListener[] _listeners;
    private readonly IStoreBeat[] _beats;
    private readonly LoopSupervisor _supervisor;
    private readonly ILogger _logger;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _seq;
    private bool _isAway;

    /// <summary>What listeners read when they were made is at least as new as the number that stands now.</summary>
    public ChangeFeed(
        SharedStore store, StoreFreshness fresh, ChangeStart start, IEnumerable<IStoreListener> listeners, IEnumerable<IStoreBeat> beats,
        LoopSupervisor supervisor, ILogger<ChangeFeed> logger)
    {
        (_store, _fresh, _listeners, _beats) = (store, fresh, [.. listeners], [.. beats]);
        (_supervisor, _logger, _seq) = (supervisor, logger, start.Seq);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        _supervisor.RunAsync("shared store's signal", ListenAsync, stoppingToken), _supervisor.RunAsync("shared store's clock", TickAsync, stoppingToken),
        Task.Run(() => _supervisor.RunAsync("shared store's changes", ReadAsync, stoppingToken), stoppingToken));

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var signal = _store.Listen();
        while (!stopping.IsCancellationRequested)
        {
            await signal.WaitAsync(TimeSpan.FromSeconds(10), stopping);
            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>A signal may be lost with its connection; a change is not.</summary>
    private async Task TickAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stopping))
            _wake.Writer.TryWrite(true);
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await _wake.Reader.ReadAsync(stopping);
            try
            {
                ReadOnce();
                if (_isAway)
                    LogBack(_logger);
                _isAway = false;
            }
            catch (StorageException error)
            {
                if (!_isAway)
                    LogAway(_logger, error.Message);
                _isAway = true;
            }
        }
    }

    private void ReadOnce()
    {
        var asked = _fresh.Now();
        var (head, changes) = _store.ChangesSince(_seq);
        if (changes.Count != head - _seq || changes.Exists(change => change.Key.Length == 0))
            foreach (var listener in _listeners)
                listener.Reload();
        else
            Tell(changes);
        _seq = head;
        foreach (var beat in _beats)
            beat.Beat();
        _fresh.Known(asked);
    }

    /// <summary>In the order of the listeners, because links are of no use without their keys.</summary>
    private void Tell(List<(string Table, string Key)> changes)
    {
        if (changes.Count == 0)
            return;
        foreach (var listener in _listeners)
        {
            var keys = changes.Where(change => listener.Tables.Contains(change.Table)).Select(change => change.Key).Distinct(StringComparer.Ordinal).ToList();
            if (keys.Count > 0)
                listener.Changed(keys);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared database does not answer, and soon nobody is admitted: {Problem}")]
    private static partial void LogAway(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared database answers again")]
    private static partial void LogBack(ILogger logger);
}

/// <summary>The number of the newest change before anything was read into memory.</summary>
internal sealed record ChangeStart(long Seq);
