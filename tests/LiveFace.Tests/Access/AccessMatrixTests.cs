using System.Net;
using System.Reflection;
using System.Text;
using LiveFace.Access;
using LiveFace.Hub;
using LiveFace.Tests.Api;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Access;

/// <summary>
/// Who may do what: each kind of caller at each endpoint and hub method, in their own room and in another. The table is
/// written by hand and held against the server's own list, so that an endpoint that nobody thought about fails here.
/// </summary>
public sealed class AccessMatrixTests
{
    private const string Own = AccessCallers.Own;
    private const string Other = "other.room";

    /// <summary>What each endpoint is for; roles in the room of the address, of its meeting, or anywhere.</summary>
    private static readonly Dictionary<string, Roles?> Endpoints = new(StringComparer.Ordinal)
    {
        // Open to anyone.
        ["GET /view/{room}"] = null,
        ["GET /meet/{name}"] = null,
        ["GET /files"] = null,
        ["GET /watermark"] = null,
        ["GET /admin"] = null,
        ["GET /withdraw"] = null,
        ["POST /api/corrections/withdraw"] = null,
        ["POST /api/people/withdraw"] = null,
        ["GET /favicon.ico"] = null,
        ["GET /health/live"] = null,
        ["GET /health/ready"] = null,
        ["GET /openapi/{documentName}.json"] = null,
        ["GET /docs/{documentName?}"] = null,
        ["GET /docs/scalar.js"] = null,
        ["GET /docs/scalar.aspnetcore.js"] = null,
        ["GET /docs/favicon.svg"] = null,

        // Anybody with a key. The hub takes what method it likes.
        ["GET /api/server"] = Roles.None,
        ["POST /api/hub-ticket"] = Roles.None,
        ["GET /api/presets"] = Roles.None,
        ["GET /api/defaults"] = Roles.None,
        ["GET /api/effects"] = Roles.None,
        ["GET /api/ice"] = Roles.None,
        ["GET /api/models"] = Roles.None,
        ["GET /api/corrections/terms"] = Roles.None,
        ["GET /api/stickers"] = Roles.None,
        ["GET /api/stickers/{name}"] = Roles.None,
        ["GET /hub"] = Roles.None,
        ["GET /hub/negotiate"] = Roles.None,

        ["POST /whip/{room}"] = Roles.Publish,
        ["OPTIONS /whip/{room}"] = Roles.Publish,
        ["PATCH /whip/{room}/{session}"] = Roles.Publish,
        ["DELETE /whip/{room}/{session}"] = Roles.Publish,
        ["OPTIONS /whip/{room}/{session}"] = Roles.Publish,
        ["PUT /whip/{room}/{session}/floor"] = Roles.Publish,
        ["DELETE /whip/{room}/{session}/floor"] = Roles.Publish,
        ["PUT /api/rooms/{room}/peer/{session}/floor"] = Roles.Publish | Roles.View,
        ["DELETE /api/rooms/{room}/peer/{session}/floor"] = Roles.Publish | Roles.View,
        ["POST /api/redact"] = Roles.Publish,
        ["POST /api/detect"] = Roles.Publish,
        ["POST /api/crop"] = Roles.Publish,
        ["POST /api/watermark"] = Roles.Publish,
        ["POST /api/corrections"] = Roles.Publish,
        ["POST /api/feedback"] = Roles.Publish,
        ["POST /api/outline"] = Roles.Publish,
        ["GET /api/collections"] = Roles.Publish,
        ["PUT /api/collections/{name}"] = Roles.Publish,
        ["GET /api/collections/{name}"] = Roles.Publish,
        ["DELETE /api/collections/{name}"] = Roles.Publish,
        ["POST /api/collections/{name}/items"] = Roles.Publish,
        ["PUT /api/collections/{name}/items/{id}"] = Roles.Publish,
        ["GET /api/collections/{name}/items/{id}"] = Roles.Publish,
        ["DELETE /api/collections/{name}/items/{id}"] = Roles.Publish,
        ["POST /api/collections/{name}/search"] = Roles.Publish,
        ["POST /api/watermark/remove"] = Roles.Publish,
        ["POST /api/jobs"] = Roles.Publish,
        ["GET /api/jobs"] = Roles.Publish,
        ["GET /api/jobs/{id}"] = Roles.Publish,
        ["DELETE /api/jobs/{id}"] = Roles.Publish,
        ["HEAD /api/jobs/{id}/upload"] = Roles.Publish,
        ["PATCH /api/jobs/{id}/upload"] = Roles.Publish,
        ["POST /api/jobs/{id}/pause"] = Roles.Publish,
        ["POST /api/jobs/{id}/resume"] = Roles.Publish,
        ["POST /api/jobs/{id}/render"] = Roles.Publish,
        ["GET /api/jobs/{id}/result"] = Roles.Publish,
        ["GET /api/jobs/{id}/events"] = Roles.Publish,
        ["GET /api/jobs/{id}/boxes"] = Roles.Publish,
        ["GET /api/jobs/{id}/tracks"] = Roles.Publish,
        ["GET /api/jobs/{id}/edits"] = Roles.Publish,
        ["GET /api/jobs/{id}/preview/{picture}"] = Roles.Publish,
        ["GET /api/jobs/{id}/report"] = Roles.Publish,

        // Raw pictures, and what is hidden of them: an admin has no part in it.
        ["POST /api/jobs/{id}/edits"] = Roles.Publish | Roles.Review,
        ["GET /api/jobs/{id}/pictures/{picture}"] = Roles.Publish | Roles.Review,
        ["GET /api/jobs/{id}/tracks/{track}/thumbnail"] = Roles.Publish | Roles.Review,

        // Raw pictures that others sent, and what is taken of them: for admins who are given review beside.
        ["GET /api/corrections/{id}/picture"] = Roles.Admin | Roles.Review,
        ["PUT /api/corrections/{id}/state"] = Roles.Admin | Roles.Review,
        ["GET /api/corrections/export"] = Roles.Admin | Roles.Review,

        ["POST /whep/{room}"] = Roles.View,
        ["OPTIONS /whep/{room}"] = Roles.View,
        ["PATCH /whep/{room}/{session}"] = Roles.View,
        ["DELETE /whep/{room}/{session}"] = Roles.View,
        ["OPTIONS /whep/{room}/{session}"] = Roles.View,
        ["GET /api/rooms"] = Roles.View,
        ["GET /api/rooms/{room}"] = Roles.View,
        ["GET /api/rooms/{room}/policy"] = Roles.View,

        ["POST /api/rooms/{room}/peer"] = Roles.Publish | Roles.View,
        ["OPTIONS /api/rooms/{room}/peer"] = Roles.Publish | Roles.View,
        ["PATCH /api/rooms/{room}/peer/{session}"] = Roles.Publish | Roles.View,
        ["DELETE /api/rooms/{room}/peer/{session}"] = Roles.Publish | Roles.View,
        ["OPTIONS /api/rooms/{room}/peer/{session}"] = Roles.Publish | Roles.View,


        ["DELETE /api/rooms/{room}"] = Roles.Control,
        ["PUT /api/rooms/{room}/policy"] = Roles.Control,
        ["PUT /api/rooms/{room}/muted"] = Roles.Control,
        ["GET /api/rooms/{room}/people"] = Roles.Control,
        ["POST /api/rooms/{room}/share"] = Roles.Control,
        ["GET /api/rooms/{room}/share"] = Roles.Control,
        ["DELETE /api/rooms/{room}/share"] = Roles.Control,
        ["DELETE /api/rooms/{room}/share/{id}"] = Roles.Control,
        ["GET /api/meetings/{meeting}/participants"] = Roles.Control,
        ["DELETE /api/meetings/{meeting}/participants/{room}"] = Roles.Control,
        ["DELETE /api/meetings/{meeting}"] = Roles.Control,

        ["POST /api/meetings/{meeting}/participants"] = Roles.Join,

        ["GET /metrics"] = Roles.Admin,
        ["GET /api/keys"] = Roles.Admin,
        ["POST /api/keys"] = Roles.Admin,
        ["DELETE /api/keys/{id}"] = Roles.Admin,
        ["PUT /api/stickers/{name}"] = Roles.Admin,
        ["DELETE /api/stickers/{name}"] = Roles.Admin,
        ["POST /api/models/{id}/prepare"] = Roles.Admin,
        ["GET /api/corrections"] = Roles.Admin,
        ["GET /api/people"] = Roles.Admin,
        ["PUT /api/people/{id}"] = Roles.Admin,
        ["DELETE /api/people/{id}"] = Roles.Admin,
        ["GET /api/corrections/{id}"] = Roles.Admin,
        ["DELETE /api/corrections/{id}"] = Roles.Admin,
        ["GET /api/feedback"] = Roles.Admin,
        ["DELETE /api/feedback/{id}"] = Roles.Admin,
        ["GET /api/audit"] = Roles.Admin,
        ["GET /api/links"] = Roles.Admin,
        ["DELETE /api/links/{id}"] = Roles.Admin,
        ["GET /api/retention"] = Roles.Admin,
    };

    private static readonly Dictionary<string, Roles> HubMethods = new(StringComparer.Ordinal)
    {
        ["Join"] = Roles.View,
        ["GetPolicy"] = Roles.View,
        ["Watch"] = Roles.View,
        ["SetPolicy"] = Roles.Control,
        ["EndRoom"] = Roles.Control,
        ["Leave"] = Roles.None,
        ["Unwatch"] = Roles.None,
        ["WatchJobs"] = Roles.Publish,
        ["UnwatchJobs"] = Roles.None,
    };

    public static readonly TheoryData<string> Names = [.. AccessCallers.All.Keys, "nobody"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_holds_every_endpoint_and_every_hub_method()
    {
        await using var server = await RunningServer.StartLockedAsync();
        EndpointsOf(server).Order(StringComparer.Ordinal).ShouldBe(Endpoints.Keys.Order(StringComparer.Ordinal));
        typeof(RoomHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(m => m.Name).Where(name => !name.StartsWith("On", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(HubMethods.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_endpoint_lets_in_whom_it_is_for_and_nobody_else(string caller)
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:RequestsPerMinute=100000");
        var wrong = new List<string>();
        foreach (var (endpoint, needed) in Endpoints)
            foreach (var own in (bool[])[true, false])
            {
                // A fresh one each time: some of what is allowed ends the caller's own right.
                var (token, room) = await AccessCallers.MakeAsync(server, caller);
                using var client = token is null ? new HttpClient { BaseAddress = server.Address } : server.ClientWith(token);
                var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
                using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path, own ? room : Other, own ? "standup" : "other"));

                // What is given on has to be had; others are let in or not whatever the body says.
                var body = endpoint == "POST /api/rooms/{room}/share" ? """{"roles":["control"]}""" : "{}";
                if (method is "POST" or "PUT" or "PATCH")
                    request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await client.SendAsync(request, Cancel);
                var refused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                if (refused == May(caller, needed, path, own))
                    wrong.Add($"{endpoint} {(own ? "own" : "other")}: {(int)response.StatusCode}");
            }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_hub_method_lets_in_whom_it_is_for_and_nobody_else(string caller)
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:RequestsPerMinute=100000");
        var (token, _) = await AccessCallers.MakeAsync(server, caller);
        if (token is null)
        {
            await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => HubSocket.ConnectAsync(server.Address));
            return;
        }

        var wrong = new List<string>();
        foreach (var (method, needed) in HubMethods)
            foreach (var own in (bool[])[true, false])
            {
                var (fresh, room) = await AccessCallers.MakeAsync(server, caller);
                await using var hub = await HubSocket.ConnectAsync(server.Address, fresh);
                var allowed = true;
                try
                {
                    await hub.InvokeAsync(method, Arguments(method, own ? room : Other));
                }
                catch (HubError e)
                {
                    allowed = !e.Message.Contains("not-allowed", StringComparison.Ordinal);
                }

                // Publishers are told how they are hidden, and who watches a beginning is told of rooms that they may view.
                var expected = method is "Watch" or "WatchJobs" ? May(caller, needed, "", own)
                    : method is "Join" or "GetPolicy" ? May(caller, Roles.View, "{room}", own) || May(caller, Roles.Publish, "{room}", own)
                    : May(caller, needed, needed == Roles.None ? "" : "{room}", own);
                if (allowed != expected)
                    wrong.Add($"{method} {(own ? "own" : "other")}: {(allowed ? "allowed" : "refused")}");
            }

        wrong.ShouldBeEmpty();
    }

    private static bool May(string caller, Roles? needed, string path, bool own)
    {
        if (needed is not { } roles)
            return true;
        if (!AccessCallers.All.TryGetValue(caller, out var has))
            return false;
        if (has.Own.HasFlag(Roles.Admin))
            return (has.Own & roles) == roles;
        var held = path.Contains("{room}", StringComparison.Ordinal) ? (own ? has.Own : has.Beyond)
            : path.Contains("{meeting}", StringComparison.Ordinal) ? (own ? has.Own & has.Meeting : has.Beyond)
            : has.Own;

        // A participant publishes in one scope and watches in another; both hold in their own room.
        return (held & roles) == roles;
    }

    private static object?[] Arguments(string method, string room) => method switch
    {
        "Join" => [room, null],
        "WatchJobs" or "UnwatchJobs" => [],
        "SetPolicy" => [room, new { preset = "blur-faces" }, null],
        _ => [room],
    };

    private static string Fill(string path, string room, string meeting) => path
        .Replace("{room}", room, StringComparison.Ordinal).Replace("{meeting}", meeting, StringComparison.Ordinal)
        .Replace("{session}", "none", StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal)
        .Replace("{name}", "none", StringComparison.Ordinal).Replace("{picture}", "0", StringComparison.Ordinal)
        .Replace("{track}", "1", StringComparison.Ordinal);

    private static IEnumerable<string> EndpointsOf(RunningServer server) => server.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods }
            ? methods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")
            : [$"GET {endpoint.RoutePattern.RawText}"])
        .Distinct();
}
