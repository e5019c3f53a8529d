using System.Net;
using LiveFace.Access;
using LiveFace.Features.Corrections.State;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Corrections;

/// <summary>How much one address sends, and how often it tries links.</summary>
internal sealed class CorrectionLimits(IOptions<CorrectionsOptions> options, TimeProvider time)
{
    private const int ClaimsPerMinute = 30;

    private readonly DayCounts _sent = new(options.Value.PerAddressPerDay, time);
    private readonly AddressBuckets _claims = new(ClaimsPerMinute, time);

    /// <exception cref="ProblemException">The address has sent as many today as it may.</exception>
    public void TakeSending(IPAddress? address)
    {
        if (!_sent.TryTake(address))
            throw new ProblemException(Problem.QuotaReached, $"This address has sent its {options.Value.PerAddressPerDay} corrections of today. Nothing was kept.");
    }

    /// <exception cref="ProblemException">The address tries too often.</exception>
    public void TakeClaim(IPAddress address)
    {
        if (!_claims.TryTake(address))
            throw new ProblemException(Problem.TooManyRequests, "This address tries too many links.") { RetryAfterSeconds = 5 };
    }
}
