using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

/// <summary>An endpoint on this machine and a client of it, over real sockets.</summary>
public abstract class EndpointTestBase : IAsyncLifetime
{
    private protected readonly RtcEndpoint _endpoint;
    private protected readonly RtcTestClient _client = new();

    private protected EndpointTestBase(RtcEndpointOptions? options = null, TimeProvider? clock = null) =>
        _endpoint = new((options ?? new()) with { BindAddresses = [IPAddress.Loopback], Port = 0 }, clock);

    public ValueTask InitializeAsync()
    {
        _endpoint.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
