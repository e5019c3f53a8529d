using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Rooms of a key are counted at all nodes together, wherever they fall to and however they are made.</summary>
public sealed class KeyQuotaTests
{
    private const string Maker = "a maker's key for the rooms of this test", Viewer = "a viewer's key for the rooms of this test";

    private static readonly string[] Settings =
    [
        "--Access:RequireKey=true", "--Quotas:RoomsPerKey=4", "--Cluster:LeaseSeconds=3", $"--Access:Keys:0:Key={Maker}", "--Access:Keys:0:Name=maker",
        "--Access:Keys:0:Roles:0=control", $"--Access:Keys:1:Key={Viewer}", "--Access:Keys:1:Name=viewer", "--Access:Keys:1:Roles:0=view",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_has_as_many_rooms_at_all_nodes_as_it_may_and_those_of_a_dead_node_are_free_with_its_lease()
    {
        await using var postgres = await PostgresServer.StartAsync();
        // In regions of their own, so that a room falls to the node that is asked.
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection, [.. Settings, "--Cluster:Region=west"]);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection, [.. Settings, "--Cluster:Region=east"]);
        for (var number = 0; number < 4; number++)
            (await PutAsync(number % 2 == 0 ? a : b, $"room-{number}")).ShouldBe(HttpStatusCode.OK);
        foreach (var node in (NodeProcess[])[a, b])
            (await PutAsync(node, "room-4")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await PutAsync(a, "room-0")).ShouldBe(HttpStatusCode.OK);

        // On the hub as well, at whichever node a room falls to: four, and no fifth.
        await using var hub = await ConnectAsync(a);
        for (var number = 0; number < 4; number++)
            await hub.InvokeAsync<object>("Join", $"joined-{number}", null, Cancel);
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface.places WHERE subject LIKE 'Rooms key %'")).ShouldBe(8);
        (await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("Join", "joined-4", null, Cancel))).Message.ShouldContain("quota-reached");
        var atB = await postgres.AskAsync<long>("SELECT count(*) FROM liveface_owners JOIN liveface_nodes USING (tenure) WHERE node = 'b' AND room LIKE 'room-%'");
        atB.ShouldBe(2);
        // What the living node has stays, so that all that becomes free was the dead one's.
        await using var stays = await ConnectAsync(a);
        foreach (var room in (string[])["room-0", "room-2"])
            await stays.InvokeAsync<object>("Join", room, null, Cancel);

        await b.KillAsync();
        for (var number = 0L; number < atB; number++)
            await Eventually.IsAsync(async () => await PutAsync(a, $"later-{number}") == HttpStatusCode.OK);
        (await PutAsync(a, "too-many")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static async Task<HttpStatusCode> PutAsync(NodeProcess node, string room)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/rooms/{room}/policy")
        {
            Content = new StringContent("""{"cover":true,"rules":[]}""", Encoding.UTF8, "application/json"), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Maker) },
        };
        using var answer = await node.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<HubConnection> ConnectAsync(NodeProcess node)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(node.Address, "/hub"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(Viewer)).Build();
        await hub.StartAsync(Cancel);
        return hub;
    }
}
