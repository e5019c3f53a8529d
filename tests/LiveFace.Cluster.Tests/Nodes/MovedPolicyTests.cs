using System.Text.Json;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>What a room hides when its node died and somebody publishes there who says nothing of it.</summary>
public sealed class MovedPolicyTests
{
    [Fact]
    public async Task A_publisher_without_a_policy_begins_at_the_next_node_with_what_the_last_one_brought_along()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using (var first = await RoomPeer.PublishUntilTakenAsync(a, room, "hide-persons"))
        {
            (await HiddenAsync(a, room)).ShouldContain("objects");
            await b.KillAsync();
        }

        await using var next = await RoomPeer.PublishUntilTakenAsync(a, room);
        (await ClusterRooms.OwnerAsync(postgres, room)).ShouldBe("a");
        (await HiddenAsync(a, room)).ShouldContain("objects");

        // Who leaves in peace takes along what they brought.
        await next.LeaveAsync();
        await Eventually.IsAsync(async () => !(await HiddenAsync(a, room)).Contains("objects"));
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface_owners WHERE policy IS NOT NULL")).ShouldBe(0);
        await using var last = await RoomPeer.PublishUntilTakenAsync(a, room);
        (await HiddenAsync(a, room)).ShouldBe(["faces"]);
    }

    [Fact]
    public async Task Where_that_cannot_be_read_all_is_hidden()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using (var first = await RoomPeer.PublishUntilTakenAsync(a, room, "blur-faces"))
            await b.KillAsync();
        await postgres.DoAsync($"UPDATE liveface_owners SET policy = 'of a newer version' WHERE room = '{room}'");
        await using var next = await RoomPeer.PublishUntilTakenAsync(a, room);
        (await a.GetAsync($"/api/rooms/{room}/policy")).GetProperty("cover").GetBoolean().ShouldBeTrue();
    }

    /// <summary>The models of what the room hides.</summary>
    private static async Task<string[]> HiddenAsync(NodeProcess node, string room) => [.. (await node.GetAsync($"/api/rooms/{room}/policy"))
        .GetProperty("rules").EnumerateArray().Where(rule => rule.GetProperty("how").GetProperty("effect").GetString() != "none")
        .Select(rule => rule.GetProperty("when").GetProperty("model").GetString()!).Distinct()];
}
