using System.Net.Http.Headers;
using System.Text;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>Offers to the endpoints of sessions, and rooms that answer them.</summary>
internal static class SessionOffers
{
    public const string Answer = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static ScriptedSession Script(RunningServer server)
    {
        var session = new ScriptedSession(Answer);
        server.Rooms.Room("a").Answering = _ => session;
        return session;
    }

    public static Task<HttpResponseMessage> OfferAsync(RunningServer server, string endpoint, string offer = "v=0\r\n") =>
        server.Client.PostAsync(endpoint, new StringContent(offer, Encoding.UTF8, "application/sdp"), Cancel);

    public static async Task<HttpResponseMessage> PatchAsync(
        RunningServer server, HttpResponseMessage opened, string fragment, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, opened.Headers.Location)
        {
            Content = new StringContent(fragment, new MediaTypeHeaderValue("application/trickle-ice-sdpfrag")),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await server.Client.SendAsync(request, Cancel);
    }
}
