using System.Net;

namespace LiveFace.Access;

/// <summary>How often each address did something today; the addresses are forgotten with the day. An IPv6 site is one.</summary>
internal sealed class DayCounts(int mostPerDay, TimeProvider time)
{
    private readonly Dictionary<IPAddress, int> _counts = [];
    private readonly Lock _lock = new();
    private DateOnly _day;

    /// <summary>Counts one; false when the address has had as many as it may.</summary>
    public bool TryTake(IPAddress? address)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var site = AddressBuckets.Site(address ?? IPAddress.None);
        lock (_lock)
        {
            // Whoever calls from so many addresses is not held by a limit for each of them; memory has to stay bounded.
            if (today != _day || _counts.Count >= AddressBuckets.MostAddresses)
                _counts.Clear();
            _day = today;
            var count = _counts.GetValueOrDefault(site);
            if (count >= mostPerDay)
                return false;
            _counts[site] = count + 1;
            return true;
        }
    }
}
