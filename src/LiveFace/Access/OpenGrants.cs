using System.Collections.Concurrent;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Access;

/// <summary>
/// What is open now and under which grant: hub connections and media sessions. Each is ended when its grant expires or what
/// it came from is taken back, whichever way it came to be open in the meantime, and when nobody can know that any more.
/// </summary>
internal sealed class OpenGrants : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);
    private readonly ConcurrentDictionary<Opened, byte> _open = new();
    private readonly Credentials _credentials;
    private readonly FaultSink _faults;
    private readonly StoreFreshness _fresh;
    private readonly TimeProvider _time;

    public OpenGrants(Credentials credentials, StoreFreshness fresh, FaultSink faults, TimeProvider time)
    {
        _fresh = fresh;
        _credentials = credentials;
        _faults = faults;
        _time = time;
        credentials.Revoked += Sweep;
    }

    public int Count => _open.Count;

    /// <summary>Calls <paramref name="end"/> once when the grant is over, which may be at once. Dispose when it has ended by itself.</summary>
    public IDisposable Track(Grant grant, Action<GrantEnd> end)
    {
        var opened = new Opened(this, grant, end);
        _open[opened] = 0;
        opened.Arm();

        // It may have been taken back between the look at the key and now.
        opened.Check();
        if (!_fresh.IsFresh)
            opened.EndIfStored();
        return opened;
    }

    /// <summary>Ends what is open by keys and links: nobody has known for too long whether they stand.</summary>
    public void EndUnknown()
    {
        foreach (var opened in _open.Keys)
            opened.EndIfStored();
    }

    public void Dispose() => _credentials.Revoked -= Sweep;

    private void Sweep(object? sender, EventArgs e)
    {
        foreach (var opened in _open.Keys)
            opened.Check();
    }

    private sealed class Opened(OpenGrants all, Grant grant, Action<GrantEnd> end) : IDisposable
    {
        private ITimer? _timer;

        public void Arm()
        {
            var left = grant.Expires is { } expires ? expires - all._time.GetUtcNow() : TimeSpan.MaxValue;
            if (grant.Recheck is { } recheck && recheck.Every < left)
                left = recheck.Every;
            if (left == TimeSpan.MaxValue)
                return;
            var due = left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? LongestTimer : left;
            _timer?.Dispose();
            _timer = all._time.CreateTimer(static self => ((Opened)self!).TimeUp(), this, due, Timeout.InfiniteTimeSpan);
        }

        public void Check()
        {
            var now = all._time.GetUtcNow();
            if (!all._credentials.IsAlive(grant, now))
                End(grant.IsExpired(now) ? GrantEnd.Expired : GrantEnd.Revoked);
        }

        /// <summary>The word of another system stands by itself.</summary>
        public void EndIfStored()
        {
            if (grant.Credential is not null)
                End(GrantEnd.Unknown);
        }

        public void Dispose()
        {
            all._open.TryRemove(this, out _);
            _timer?.Dispose();
        }

        /// <summary>A word that cannot be asked for again is over: nobody would ask once more.</summary>
        private void TimeUp() => _ = all._faults.WatchAsync("open grant", TimeUpAsync(), () => End(GrantEnd.Revoked));

        private async Task TimeUpAsync()
        {
            if (grant.Recheck is { } recheck)
                await recheck.AskAsync();
            Check();
            if (all._open.ContainsKey(this))
                Arm();
        }

        private void End(GrantEnd why)
        {
            if (!all._open.TryRemove(this, out _))
                return;
            _timer?.Dispose();
            end(why);
        }
    }
}
