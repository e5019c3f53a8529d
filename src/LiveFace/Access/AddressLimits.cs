using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// How often a caller may call, and how often an address may be wrong about a key. A whole house or school may share an
/// address, so each key has a rate of its own there, what all share is ten times as much, and right keys are let in
/// however many wrong ones come from beside them. Admins share with nobody.
/// </summary>
internal sealed class AddressLimits(IOptions<AccessOptions> options, TimeProvider time)
{
    private const int SharedTimes = 10;

    private readonly AddressBuckets _callers = new(options.Value.RequestsPerMinute, time);
    private readonly AddressBuckets _addresses = new(options.Value.RequestsPerMinute * SharedTimes, time);
    private readonly AddressBuckets _failures = new(options.Value.FailuresPerMinute, time);
    private readonly ConcurrentDictionary<(IPAddress, string), byte> _right = [];

    /// <summary>Null, or which limit is spent.</summary>
    public string? TakeRequest(IPAddress address, Grant? grant)
    {
        if (!_callers.TryTake(address, grant?.Credential ?? grant?.Owner ?? ""))
            return grant is null
                ? "This address makes too many requests without a key."
                : "This key makes too many requests from this address.";
        return grant is { IsAdmin: true } || _addresses.TryTake(address)
            ? null
            : "This address, with all who share it, makes too many requests.";
    }

    public void TakeFailure(IPAddress address) => _failures.TryTake(address);

    /// <summary>Whether the address has been wrong too often for its guesses to be looked at.</summary>
    public bool IsBarred(IPAddress address) => _failures.IsEmpty(address);

    /// <summary>A key was right from this address.</summary>
    public void Remember(IPAddress address, string credential)
    {
        if (_right.Count >= AddressBuckets.MostAddresses)
            _right.Clear();
        _right[(AddressBuckets.Site(address), credential)] = 0;
    }

    public bool Remembers(IPAddress address, string credential) =>
        _right.ContainsKey((AddressBuckets.Site(address), credential));
}
