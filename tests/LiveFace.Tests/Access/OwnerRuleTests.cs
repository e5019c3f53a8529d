using LiveFace.Http;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Access;

/// <summary>Which node of a cluster answers a request that names a room.</summary>
public sealed class OwnerRuleTests
{
    /// <summary>What any node knows as well as the room's owner does: pages, what browsers ask before, and links, which end at all nodes what they opened.</summary>
    private static readonly string[] Anywhere =
    [
        "GET /view/{room}",
        "OPTIONS /whip/{room}",
        "OPTIONS /whip/{room}/{session}",
        "OPTIONS /whep/{room}",
        "OPTIONS /whep/{room}/{session}",
        "OPTIONS /api/rooms/{room}/peer",
        "OPTIONS /api/rooms/{room}/peer/{session}",
        "POST /api/rooms/{room}/share",
        "GET /api/rooms/{room}/share",
        "DELETE /api/rooms/{room}/share",
        "DELETE /api/rooms/{room}/share/{id}",
        "DELETE /api/meetings/{meeting}/participants/{room}",
        "GET /api/rooms/{room}/people",
    ];

    [Fact]
    public async Task What_names_a_room_is_answered_by_its_owner_or_known_everywhere()
    {
        await using var server = await RunningServer.StartAsync();
        var all = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name == "room")).ToList();
        all.Count(endpoint => endpoint.Metadata.GetMetadata<OwnerRule>() is not null).ShouldBeGreaterThan(10);
        all.Where(endpoint => endpoint.Metadata.GetMetadata<OwnerRule>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .ShouldBe(Anywhere, ignoreOrder: true);
    }
}
