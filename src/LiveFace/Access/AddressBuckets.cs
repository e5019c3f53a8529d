using System.Collections.Concurrent;
using System.Net;

namespace LiveFace.Access;

/// <summary>
/// A bucket of permits for each address, and each caller there, full at first and filled again evenly over a minute. What is in a bucket is
/// worked out when somebody asks, so there is no timer that would wake a server which has nothing to do. An IPv6 site
/// counts as one address.
/// </summary>
internal sealed class AddressBuckets(int perMinute, TimeProvider time)
{
    /// <summary>Addresses that are kept at most.</summary>
    public const int MostAddresses = 16_384;

    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(IPAddress Site, string Caller), Bucket> _buckets = [];

    /// <summary>How many addresses are kept.</summary>
    public int Count => _buckets.Count;

    /// <summary>Takes a permit; false when there is none left.</summary>
    public bool TryTake(IPAddress address, string caller = "")
    {
        var whose = (Site(address), caller);
        var bucket = _buckets.GetValueOrDefault(whose) ?? Add(whose);
        lock (bucket)
        {
            bucket.Fill(perMinute, time);
            if (bucket.Permits < 1)
                return false;
            bucket.Permits--;
            return true;
        }
    }

    /// <summary>Whether there is none left; takes none.</summary>
    public bool IsEmpty(IPAddress address)
    {
        if (!_buckets.TryGetValue((Site(address), ""), out var bucket))
            return false;
        lock (bucket)
        {
            bucket.Fill(perMinute, time);
            return bucket.Permits < 1;
        }
    }

    private Bucket Add((IPAddress, string) whose)
    {
        if (_buckets.Count >= MostAddresses)
            Tidy();
        return _buckets.GetOrAdd(whose, new Bucket { Permits = perMinute, FilledAt = time.GetTimestamp() });
    }

    /// <summary>
    /// A bucket that nobody has asked for a minute is full, like a new one. Whoever calls from so many addresses within a
    /// minute is not held by limits for each of them; then all begin anew, because memory has to stay bounded.
    /// </summary>
    private void Tidy()
    {
        foreach (var (whose, bucket) in _buckets)
            if (time.GetElapsedTime(Volatile.Read(ref bucket.FilledAt)) >= Refill)
                _buckets.TryRemove(whose, out _);
        if (_buckets.Count >= MostAddresses)
            _buckets.Clear();
    }

    /// <summary>The address that counts: an IPv6 site, or an IPv4 address however it is written.</summary>
    public static IPAddress Site(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private sealed class Bucket
    {
        public double Permits;
        public long FilledAt;

        public void Fill(int perMinute, TimeProvider time)
        {
            var now = time.GetTimestamp();
            Permits = Math.Min(perMinute, Permits + time.GetElapsedTime(FilledAt, now) / Refill * perMinute);
            Volatile.Write(ref FilledAt, now);
        }
    }
}
