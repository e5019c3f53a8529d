using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Sdp;

/// <summary>An endpoint that answers offers and is sent nothing.</summary>
public abstract class AnswerTestBase : IAsyncLifetime
{
    private protected readonly RtcEndpoint _endpoint = new(new()
    {
        BindAddresses = [IPAddress.Loopback],
        Port = 0,
        PublicAddresses = [IPAddress.Parse("203.0.113.9"), IPAddress.Parse("2001:db8::9")],
    });

    public ValueTask InitializeAsync()
    {
        _endpoint.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected string Accept(Offer offer, MediaPolicy? policy = null) => Accept(offer.ToString(), policy);

    private protected string Accept(string offer, MediaPolicy? policy = null) => _endpoint.Accept(offer, policy ?? new()).Sdp;
}
