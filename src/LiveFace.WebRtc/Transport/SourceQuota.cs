using System.Net;

namespace LiveFace.WebRtc.Transport;

/// <summary>Counts something for each source: an IPv4 address, or an IPv6 network of 64 bits, which one host owns whole.</summary>
internal sealed class SourceQuota(int maximum)
{
    readonly Lock _lock = new();
    readonly Dictionary<(ulong, ulong), int> _taken = [];

    public bool TryTake(IPAddress source)
    {
        var key = Key(source);
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(key);
            if (taken >= maximum)
                return false;
            _taken[key] = taken + 1;
            return true;
        }
    }

    public void Return(IPAddress source)
    {
        var key = Key(source);
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(key) - 1;
            if (taken > 0)
                _taken[key] = taken;
            else
                _taken.Remove(key);
        }
    }

    static (ulong, ulong) Key(IPAddress source)
    {
        var address = Ice.TransportAddress.From(new IPEndPoint(source, 0));
        return address.IsIPv4 ? (address.High, address.Low) : (address.High, 0);
    }
}
