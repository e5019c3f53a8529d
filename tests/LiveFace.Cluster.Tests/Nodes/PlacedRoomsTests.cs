using System.Net;
using System.Text;
using System.Text.Json;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Nodes of two regions, one of which lacks a model: where rooms come to be.</summary>
public sealed class PlacedRoomsTests
{
    private const string Faces = """{"preset":"blur-faces"}""";
    private const string Persons = """{"preset":"hide-persons"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_is_made_in_the_region_that_is_asked_for_or_that_of_the_node_that_is_and_only_where_its_models_are()
    {
        using var models = await OwnModelFolder.MakeAsync();
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await Task.WhenAll(
            NodeProcess.StartAsync("a", postgres.Connection, "--Cluster:Region=north"),
            NodeProcess.StartAsync("b", postgres.Connection, "--Cluster:Region=south"),
            NodeProcess.StartAsync("c", postgres.Connection, "--Cluster:Region=south", $"--Models:Folder={models.Path}"));
        await using var a = nodes[0];
        await using var b = nodes[1];
        await using var c = nodes[2];

        var seen = (await c.GetAsync("/api/cluster")).GetProperty("nodes").EnumerateArray().ToArray();
        seen.Select(node => node.GetProperty("region").GetString()).ShouldBe(["north", "south", "south"]);
        Names(seen[0]).ShouldContain("objects");
        Names(seen[2]).ShouldBe(["faces"]);

        for (var number = 0; number < 4; number++)
        {
            (await MakeAsync(postgres, a, $"near-{number}", Faces)).ShouldBe("a");
            (await MakeAsync(postgres, a, $"objects-{number}", Persons, "?region=south")).ShouldBe("b");
            (await MakeAsync(postgres, c, $"here-{number}", Persons)).ShouldBe("b");
            (await MakeAsync(postgres, b, $"asked-{number}", Faces, "?region=North")).ShouldBe("a");
        }

        // Nobody has a GPU or stands there: wishes are no must.
        (await MakeAsync(postgres, a, "wishes", Faces, "?region=south&gpu=true")).ShouldBeOneOf("b", "c");
        (await MakeAsync(postgres, a, "nowhere", Faces, "?region=moon")).ShouldBeOneOf("a", "b", "c");
        await using var page = await HubListener.ConnectAsync(b);
        await UntilAtEaseAsync(postgres, b);
        await page.JoinInAsync("joined", "north");
        (await ClusterRooms.OwnerAsync(postgres, "joined")).ShouldBe("a");
        await UntilAtEaseAsync(postgres, c);
        await using var publisher = RoomPeer.Publish(c, "published?region=south", "hide-persons");
        await Eventually.IsAsync(() => publisher.IsConnected);
        publisher.Session!.AbsolutePath.ShouldStartWith("/whip/published/b~");

        // With the others gone, a room that was kept with a policy of theirs is made nowhere, and one that can be looked by is.
        await Task.WhenAll(a.KillAsync(), b.KillAsync());
        await Eventually.IsAsync(async () => (await c.GetAsync("/api/cluster")).GetProperty("nodes").GetArrayLength() == 1);
        using var kept = await c.Client.PostAsync("/whip/objects-0", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel);
        kept.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await kept.Content.ReadAsStringAsync(Cancel)).ShouldContain("objects, faces");
        using var unknown = await c.PutAsync("/api/rooms/objects-1/policy", Persons);
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await unknown.Content.ReadAsStringAsync(Cancel)).ShouldContain("rules[0].when.model");
        (await MakeAsync(postgres, c, "objects-2", Faces)).ShouldBe("c");
    }

    private static string[] Names(JsonElement node) => [.. node.GetProperty("models").EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>No node is full, neither of what runs beside this test nor of the rooms that it made a moment ago.</summary>
    private static async Task UntilAtEaseAsync(PostgresServer postgres, NodeProcess asked)
    {
        await postgres.DoAsync("UPDATE liveface_owners SET claimed = claimed - interval '1 hour'");
        await Eventually.IsAsync(async () => (await asked.GetAsync("/api/cluster")).GetProperty("nodes").EnumerateArray()
            .All(node => node.GetProperty("expected").GetDouble() < 0.65));
    }

    private static async Task<string> MakeAsync(PostgresServer postgres, NodeProcess asked, string room, string policy, string query = "")
    {
        await UntilAtEaseAsync(postgres, asked);
        // On a machine that is held up a node may be without its lease for a moment.
        var (status, words) = (HttpStatusCode.ServiceUnavailable, "");
        await Eventually.IsAsync(async () =>
        {
            using var put = await asked.PutAsync($"/api/rooms/{room}/policy{query}", policy);
            (status, words) = (put.StatusCode, await put.Content.ReadAsStringAsync(Cancel));
            return !words.Contains("cluster-unavailable", StringComparison.Ordinal);
        });
        status.ShouldBe(HttpStatusCode.OK, words);
        return await ClusterRooms.OwnerAsync(postgres, room);
    }
}
