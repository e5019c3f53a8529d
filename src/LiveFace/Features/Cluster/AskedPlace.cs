using LiveFace.Features.Rooms;
using LiveFace.Features.Sessions;
using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Cluster;

/// <summary>The place that a request asks for: <c>?region=…&amp;gpu=true</c>, and policies in its headers or its body.</summary>
internal static class AskedPlace
{
    public static async Task<RoomPlace> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var (policy, floor) = PublisherHeaders.Read(request);
        if (HttpMethods.IsPut(request.Method) && PolicyJson.TryRead((await ForwardedRequests.ReadAsync(context)).Span, out var body, out _))
            policy = body;
        return new RoomPlace(
            request.Query["region"].ToString() is { Length: > 0 } region ? region : null, string.Equals(request.Query["gpu"], "true", StringComparison.OrdinalIgnoreCase))
        {
            Policy = policy, Floor = floor,
        };
    }
}
