using System.Collections.Concurrent;

namespace LiveFace.Telemetry;

/// <summary>
/// Keeps long-lived loops running: one that fails is reported and started again, at once first and then ever later, up to
/// a minute. The server is not ready while one waits to be started.
/// </summary>
internal sealed class LoopSupervisor(FaultSink faults, TimeProvider time) : IReadinessCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, byte> _down = new(StringComparer.Ordinal);

    public string Name => "loops";

    public string? Problem() => _down.IsEmpty
        ? null
        : $"Failed and about to start again: {string.Join(", ", _down.Keys.Order(StringComparer.Ordinal))}.";

    /// <summary>Runs a loop until it is stopped or ends by itself.</summary>
    public async Task RunAsync(string place, Func<CancellationToken, Task> loop, CancellationToken stop)
    {
        var wait = Shortest;
        while (!stop.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await loop(stop);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever ended the loop, it is needed again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                faults.Report(place, error);
            }

            // What ran for long failed for a reason of its own.
            wait = time.GetElapsedTime(began) > Longest ? Shortest : wait;
            _down[place] = 0;
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _down.TryRemove(place, out _);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }
    }
}
