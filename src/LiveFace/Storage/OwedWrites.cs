using LiveFace.Telemetry;

namespace LiveFace.Storage;

/// <summary>
/// Writes that make things stricter, such as taking a key back: what they say holds in memory at once, so one that the disk
/// did not take is tried again until it does, or it would be laxer after a restart. One write per subject, the newest.
/// </summary>
internal sealed class OwedWrites(Database database, FaultSink faults, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Action> _owed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ITimer? _timer;

    public int Count
    {
        get
        {
            lock (_lock)
                return _owed.Count;
        }
    }

    /// <summary>Writes now, or else later as well.</summary>
    /// <exception cref="StorageException">The disk did not take it yet.</exception>
    public void Write(string subject, Action<Database> write)
    {
        lock (_lock)
        {
            try
            {
                write(database);
                _owed.Remove(subject);
            }
            catch (StorageException)
            {
                _owed[subject] = () => write(database);
                _timer ??= time.CreateTimer(_ => faults.Guard("owed writes", TryAll), null, RetryAfter, RetryAfter);
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _timer?.Dispose();
    }

    private void TryAll()
    {
        lock (_lock)
        {
            foreach (var (subject, write) in _owed)
            {
                try
                {
                    write();
                    _owed.Remove(subject);
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
