using System.Net;

namespace LiveFace.Access;

/// <summary>One connection: whether a request is under way on it, and since when none is. Half a request is none.</summary>
internal sealed class ConnectionUse(IPAddress address, Action abort, TimeProvider time)
{
    private int _requests;
    private long _idleSince = time.GetTimestamp();

    public IPAddress Address { get; } = address;

    public bool IsBusy => Volatile.Read(ref _requests) > 0;
    public long IdleSince => Volatile.Read(ref _idleSince);

    public void Begin() => Interlocked.Increment(ref _requests);

    public void End()
    {
        Volatile.Write(ref _idleSince, time.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }

    public void Abort() => abort();
}
