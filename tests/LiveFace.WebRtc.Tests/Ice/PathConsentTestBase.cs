using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Ice;

/// <summary>A path to an address, asked and answered at times that the test sets.</summary>
public abstract class PathConsentTestBase
{
    private protected const string Password = "their password of length";
    private protected static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private protected static readonly TimeSpan Start = TimeSpan.FromSeconds(100);
    private protected readonly IceGeneration _generation = new(IceCredentials.Create(), "them", Password);
    private protected readonly PathConsent _consent = new(Lifetime);

    private protected byte[] Ask(TimeSpan now)
    {
        var buffer = new byte[PathConsent.MaximumCheck];
        return buffer[.._consent.WriteCheck(_generation, new byte[8], buffer, now)];
    }

    private protected bool Answer(byte[] request, TimeSpan now, string password = Password)
    {
        StunMessage.TryRead(RtcTestClient.MakeResponse(request.AsSpan(8, 12), password), out var response).ShouldBeTrue();
        return _consent.TryAnswer(response, _generation, now);
    }
}
