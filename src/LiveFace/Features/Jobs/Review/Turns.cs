using LiveFace.Http;

namespace LiveFace.Features.Jobs.Review;

/// <summary>
/// Turns at something, by name: so many hold one at a time, those of other names wait for none of them. Whoever comes when many
/// wait already, or has waited for long, is sent away.
/// </summary>
internal sealed class Turns(int atOnce, int mostWaiting, TimeSpan longestWait)
{
    private const int RetryAfterSeconds = 5;

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Names at which somebody holds a turn or waits.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _lines.Count;
        }
    }

    /// <summary>Waits for a turn; dispose to give it back.</summary>
    /// <exception cref="ProblemException">As many wait as may, or none came in time.</exception>
    public async Task<IDisposable> TakeAsync(string name, CancellationToken cancel)
    {
        var line = Join(name);
        var taken = false;
        try
        {
            taken = await line.Free.WaitAsync(longestWait, cancel);
        }
        finally
        {
            if (!taken)
                Leave(name, line);
        }

        return taken ? new Turn(this, name, line) : throw Busy();
    }

    private static ProblemException Busy() =>
        new(Problem.TooBusy, $"Reviews are being read for others already; try again in {RetryAfterSeconds} seconds.") { RetryAfterSeconds = RetryAfterSeconds };

    private Line Join(string name)
    {
        lock (_lock)
        {
            var line = _lines.TryGetValue(name, out var known) ? known : _lines[name] = new Line(atOnce);
            if (line.People >= atOnce + mostWaiting)
                throw Busy();
            line.People++;
            return line;
        }
    }

    private void Leave(string name, Line line)
    {
        lock (_lock)
        {
            if (--line.People > 0)
                return;
            _lines.Remove(name);
            line.Dispose();
        }
    }

    /// <summary>Those of one name.</summary>
    private sealed class Line(int atOnce) : IDisposable
    {
        public SemaphoreSlim Free { get; } = new(atOnce);

        /// <summary>Those who hold a turn, and those who wait.</summary>
        public int People { get; set; }

        public void Dispose() => Free.Dispose();
    }

    private sealed class Turn(Turns turns, string name, Line line) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) != 0)
                return;
            line.Free.Release();
            turns.Leave(name, line);
        }
    }
}
