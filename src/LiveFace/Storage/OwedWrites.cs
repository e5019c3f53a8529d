using LiveFace.Telemetry;

namespace LiveFace.Storage;

/// <summary>
/// Writes that make things stricter, such as taking a key back: what they say holds in memory at once, so one that the disk
/// did not take is tried again until it does, or it would be laxer after a restart. One write per subject, the newest.
/// </summary>
internal sealed class OwedWrites(FaultSink faults, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Action> _owed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private int _count;

    /// <summary>How many are owed. Whoever asks does not wait for a write that is under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether a write of this subject is owed.</summary>
    public bool Owes(string subject)
    {
        lock (_lock)
            return _owed.ContainsKey(subject);
    }

    /// <summary>Writes now, or else later as well.</summary>
    /// <exception cref="StorageException">The disk did not take it yet.</exception>
    public void Write(string subject, Action write)
    {
        lock (_lock)
        {
            try
            {
                write();
                _owed.Remove(subject);
                Volatile.Write(ref _count, _owed.Count);
            }
            catch (StorageException)
            {
                _owed[subject] = write;
                Volatile.Write(ref _count, _owed.Count);
                _timer ??= time.CreateTimer(_ => faults.Guard("owed writes", TryAll), null, RetryAfter, RetryAfter);
                throw;
            }
        }
    }

    /// <summary>A newer write of the subject was taken.</summary>
    public void Drop(string subject)
    {
        if (Count == 0)
            return;
        lock (_lock)
        {
            _owed.Remove(subject);
            Volatile.Write(ref _count, _owed.Count);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _timer?.Dispose();
    }

    internal void TryAll()
    {
        lock (_lock)
        {
            foreach (var (subject, write) in _owed)
            {
                try
                {
                    write();
                    _owed.Remove(subject);
                    Volatile.Write(ref _count, _owed.Count);
                }
                catch (StorageException)
                {
                    return;
                }
            }

            _timer?.Dispose();
            _timer = null;
        }
    }
}
