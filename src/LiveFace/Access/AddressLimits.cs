using System.Net;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>How often one address may call, and how often it may be wrong about a key.</summary>
internal sealed class AddressLimits(IOptions<AccessOptions> options, TimeProvider time)
{
    private readonly AddressBuckets _requests = new(options.Value.RequestsPerMinute, time);
    private readonly AddressBuckets _failures = new(options.Value.FailuresPerMinute, time);

    public bool TakeRequest(IPAddress address) => _requests.TryTake(address);

    public bool TakeFailure(IPAddress address) => _failures.TryTake(address);

    /// <summary>Whether the address has been wrong too often to be answered about keys at all.</summary>
    public bool IsBarred(IPAddress address) => _failures.IsEmpty(address);
}
