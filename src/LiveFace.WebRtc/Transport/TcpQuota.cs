using System.Net;

namespace LiveFace.WebRtc.Transport;

/// <summary>How many TCP connections there may be, in total and from one address.</summary>
internal sealed class TcpQuota(int maximum)
{
    readonly SourceQuota _perAddress = new(Math.Max(1, maximum / 16));
    int _total;

    public bool TryTake(IPAddress source)
    {
        if (Interlocked.Increment(ref _total) <= maximum && _perAddress.TryTake(source))
            return true;
        Interlocked.Decrement(ref _total);
        return false;
    }

    public void Return(IPAddress source)
    {
        Interlocked.Decrement(ref _total);
        _perAddress.Return(source);
    }
}
