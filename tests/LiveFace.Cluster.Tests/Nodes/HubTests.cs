using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Browsers connect the hub to any node, and are told of rooms wherever they are.</summary>
public sealed class HubTests
{
    private static readonly object Cover = new { cover = true, rules = Array.Empty<object>() };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_elsewhere_is_joined_told_of_changed_and_ended_and_stays_joined_when_its_owner_dies()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await NodeProcess.StartAllAsync(postgres.Connection, "a", "b", "c");
        await using var a = nodes[0];
        await using var b = nodes[1];
        await using var c = nodes[2];
        await using var watcher = await HubListener.ConnectAsync(a);
        (await watcher.WatchAsync("")).ShouldBeEmpty();
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using var one = await HubListener.ConnectAsync(c);
        await using var two = await HubListener.ConnectAsync(c);
        await using var three = await HubListener.ConnectAsync(b);
        var joined = await one.JoinAsync(room);
        joined.GetProperty("policy").GetProperty("nothingHidden").GetBoolean().ShouldBeTrue();
        await two.JoinAsync(room);
        await three.JoinAsync(room);

        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, room);
        foreach (var member in new[] { one, two, three })
        {
            await Eventually.IsAsync(() => member.Told("roomState").Any(IsPublished));
            await Eventually.IsAsync(() => member.Told("detections").Count > 3);
            await Eventually.IsAsync(() => member.Told("stats").Count > 0);
        }

        // The owner counts those of its own and of other nodes, and all nodes say the same, also when somebody leaves.
        foreach (var node in nodes)
            await Eventually.IsAsync(async () => (await node.GetAsync($"/api/rooms/{room}")).GetProperty("members").GetInt32() == 3);
        await using (var four = await HubListener.ConnectAsync(c))
        {
            await four.JoinAsync(room);
            await Eventually.IsAsync(() => one.Told("roomState")[^1].GetProperty("members").GetInt32() == 4);
        }

        await Eventually.IsAsync(() => three.Told("roomState")[^1].GetProperty("members").GetInt32() == 3);
        await Eventually.IsAsync(() => watcher.Told("roomState").Any(state => state.GetProperty("room").GetString() == room && IsPublished(state)));
        (await watcher.WatchAsync("")).ShouldContain(state => state.GetProperty("room").GetString() == room);

        var set = await two.SetPolicyAsync(room, Cover);
        await Eventually.IsAsync(() => one.Told("policy").Any(told => told.GetProperty("policy").GetProperty("version").GetInt64() == set.GetProperty("version").GetInt64()));
        (await one.GetPolicyAsync(room)).GetProperty("cover").GetBoolean().ShouldBeTrue();
        (await Should.ThrowAsync<HubException>(() => one.SetPolicyAsync(room, Cover, version: 1))).Message.ShouldContain("version-mismatch");
        (await Should.ThrowAsync<HubException>(() => one.SetPolicyAsync(room, new { blur = 1 }))).Message.ShouldContain("policy-invalid");

        // The owner dies: who joined elsewhere is told that nobody publishes, and of whoever publishes next.
        await b.KillAsync();
        await Eventually.IsAsync(() => !IsPublished(one.Told("roomState")[^1]));
        var before = one.Told("detections").Count;
        await using var next = await RoomPeer.PublishUntilTakenAsync(a, room);
        await Eventually.IsAsync(() => IsPublished(one.Told("roomState")[^1]));
        await Eventually.IsAsync(() => one.Told("detections").Count > before);

        await one.EndAsync(room);
        await Eventually.IsAsync(() => two.Told("notice").Any(notice => notice.GetProperty("code").GetString() == "room-ended"));
    }

    private static bool IsPublished(JsonElement state) => state.GetProperty("publisher").ValueKind == JsonValueKind.Object;
}
