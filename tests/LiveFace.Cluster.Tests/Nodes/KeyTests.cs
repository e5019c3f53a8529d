using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>What a caller may do is found by the node that is asked and believed by the owner, whom nobody shows a key.</summary>
public sealed class KeyTests
{
    private const string Admin = "an admin's key for the nodes of this test";
    private const string Viewer = "a viewer's key for the nodes of this test";
    private const string Policy = """{"cover":true,"rules":[]}""";

    private static readonly string[] Settings =
    [
        "--Access:RequireKey=true", $"--Access:Keys:0:Key={Admin}", "--Access:Keys:0:Roles:0=admin", "--Access:Keys:0:Name=root",
        $"--Access:Keys:1:Key={Viewer}", "--Access:Keys:1:Roles:0=view", "--Access:Keys:1:Name=guest",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_counts_at_any_node_for_rooms_of_another_and_no_more_than_it_says()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await StartAsync(postgres);
        await using var a = nodes[0];
        await using var b = nodes[1];

        // Whichever node they fall to, rooms of both are asked of one.
        for (var number = 0; number < 8; number++)
        {
            var room = $"room-{number}";
            (await SendAsync(a, HttpMethod.Put, $"/api/rooms/{room}/policy", Admin)).ShouldBe(HttpStatusCode.OK);
            (await SendAsync(a, HttpMethod.Get, $"/api/rooms/{room}/policy", Viewer)).ShouldBe(HttpStatusCode.OK);
            (await SendAsync(a, HttpMethod.Put, $"/api/rooms/{room}/policy", Viewer)).ShouldBe(HttpStatusCode.Forbidden);
            (await SendAsync(a, HttpMethod.Get, $"/api/rooms/{room}/policy", "another key")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await postgres.AskAsync<long>("SELECT count(DISTINCT tenure) FROM liveface_owners")).ShouldBe(2);
        var seen = await ReadAsync(b, "/api/cluster", Admin);
        seen.GetProperty("rooms").GetArrayLength().ShouldBe(8);
        seen.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()).ShouldBe(["a", "b"]);
        (await SendAsync(b, HttpMethod.Get, "/api/cluster", Viewer)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_ticket_for_the_hub_of_one_node_opens_that_of_another_once()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await StartAsync(postgres);
        await using var a = nodes[0];
        await using var b = nodes[1];
        var ticket = (await ReadAsync(a, "/api/hub-ticket", Viewer, HttpMethod.Post)).GetProperty("ticket").GetString()!;
        await using (var hub = Hub(b, ticket))
        {
            await hub.StartAsync(Cancel);
            (await Should.ThrowAsync<Microsoft.AspNetCore.SignalR.HubException>(() => hub.InvokeAsync("EndRoom", "room", Cancel))).Message.ShouldContain("not-allowed");
        }

        await using var again = Hub(b, ticket);
        await Should.ThrowAsync<Exception>(() => again.StartAsync(Cancel));
    }

    private static Task<NodeProcess[]> StartAsync(PostgresServer postgres) => Task.WhenAll(
        NodeProcess.StartAsync("a", postgres.Connection, Settings), NodeProcess.StartAsync("b", postgres.Connection, Settings));

    private static HubConnection Hub(NodeProcess node, string ticket) => new HubConnectionBuilder().WithUrl(
        new Uri(node.Address, $"/hub?access_token={Uri.EscapeDataString(ticket)}"),
        options =>
        {
            options.SkipNegotiation = true;
            options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
        }).Build();

    private static async Task<HttpStatusCode> SendAsync(NodeProcess node, HttpMethod method, string path, string key)
    {
        using var answer = await AskAsync(node, method, path, key);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> ReadAsync(NodeProcess node, string path, string key, HttpMethod? method = null)
    {
        using var answer = await AskAsync(node, method ?? HttpMethod.Get, path, key);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<HttpResponseMessage> AskAsync(NodeProcess node, HttpMethod method, string path, string key)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (method == HttpMethod.Put)
            request.Content = new StringContent(Policy, Encoding.UTF8, "application/json");
        return await node.Client.SendAsync(request, Cancel);
    }
}
