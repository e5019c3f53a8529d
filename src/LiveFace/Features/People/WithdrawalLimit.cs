using System.Net;
using LiveFace.Access;
using LiveFace.Http;

namespace LiveFace.Features.People;

/// <summary>How often one address tries links.</summary>
internal sealed class WithdrawalLimit(TimeProvider time)
{
    private const int PerMinute = 30;

    private readonly AddressBuckets _claims = new(PerMinute, time);

    /// <exception cref="ProblemException">The address tries too often.</exception>
    public void Take(IPAddress address)
    {
        if (!_claims.TryTake(address))
            throw new ProblemException(Problem.TooManyRequests, "This address tries too many links.") { RetryAfterSeconds = 5 };
    }
}
