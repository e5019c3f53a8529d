using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>How often one address may call, and how often it may be wrong about a key. An IPv6 site counts as one.</summary>
internal sealed class AddressLimits(IOptions<AccessOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _requests = PerMinute(options.Value.RequestsPerMinute);
    private readonly PartitionedRateLimiter<IPAddress> _failures = PerMinute(options.Value.FailuresPerMinute);

    public bool TakeRequest(IPAddress address) => Take(_requests, address);

    public bool TakeFailure(IPAddress address) => Take(_failures, address);

    /// <summary>Whether the address has been wrong too often to be answered about keys at all.</summary>
    public bool IsBarred(IPAddress address) => _failures.GetStatistics(address)?.CurrentAvailablePermits == 0;

    public void Dispose()
    {
        _requests.Dispose();
        _failures.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<IPAddress> limiter, IPAddress address)
    {
        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<IPAddress> PerMinute(int permits) =>
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(
            Site(address),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = permits,
                TokensPerPeriod = Math.Max(1, permits / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(permits < 60 ? 60.0 / permits : 1),
                AutoReplenishment = true,
                QueueLimit = 0,
            }));

    private static IPAddress Site(IPAddress address)
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
}
