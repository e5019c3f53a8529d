using LiveFace.Cluster.Ownership;

namespace LiveFace.Cluster.Tests.Ownership;

public sealed class OwnerTableTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly NodeReport Idle = new(0, 0.1, Serving: true);
    private static readonly NodeIdentity Node = new(new Uri("http://127.0.0.1:1/"), null, new NodeOffer());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_nodes_that_race_for_a_new_name_a_thousand_times_each_time_one_has_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var one = new OwnerTable(postgres.Connection);
        await using var two = new OwnerTable(postgres.Connection);
        await Task.WhenAll(one.OpenAsync(Cancel), two.OpenAsync(Cancel));
        var a = (await one.BeginAsync("a", Node, Long, Cancel))!.Value;
        var b = (await two.BeginAsync("b", Node, Long, Cancel))!.Value;
        var won = new Dictionary<string, int>();
        var lastEpoch = 0L;
        for (var round = 0; round < 1000; round++)
        {
            var room = $"room-{round}";
            var (ofA, ofB) = (one.ClaimAsync(room, a, Cancel), two.ClaimAsync(room, b, Cancel));
            var (first, second) = ((await ofA).Owner, (await ofB).Owner);
            second.ShouldBe(first);
            first.Epoch.ShouldBeGreaterThan(lastEpoch);
            lastEpoch = first.Epoch;
            won[first.Node] = won.GetValueOrDefault(first.Node) + 1;
        }

        // Neither always wins, or nothing raced.
        won.Count.ShouldBe(2);
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface_owners")).ShouldBe(1000);
    }

    [Fact]
    public async Task A_lapsed_owner_and_two_that_want_its_room_race_and_one_has_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var table = new OwnerTable(postgres.Connection);
        await table.OpenAsync(Cancel);
        var b = (await table.BeginAsync("b", Node, Long, Cancel))!.Value;
        var c = (await table.BeginAsync("c", Node, Long, Cancel))!.Value;
        for (var round = 0; round < 30; round++)
        {
            var room = $"room-{round}";
            var a = await OwnShortlyAsync(table, room);
            var renewing = RenewUntilLostAsync(table, a, round % 2 == 0);
            var claims = await Task.WhenAll(ClaimUntilMovedAsync(table, room, b, a), ClaimUntilMovedAsync(table, room, c, a));
            claims[0].ShouldBe(claims[1]);

            // It renewed for a while or not at all; once its room went, never again.
            await renewing;
            (await table.RenewAsync(a, Long, Idle, Cancel)).ShouldBeFalse();
            (await table.FindAsync(room, Cancel)).ShouldBe(claims[0]);
        }
    }

    [Fact]
    public async Task A_node_that_was_late_renews_no_more_and_takes_nothing()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var table = new OwnerTable(postgres.Connection);
        await table.OpenAsync(Cancel);
        var a = await OwnShortlyAsync(table, "room");
        await Eventually.IsAsync(async () => await table.FindAsync("room", Cancel) is null);
        (await table.RenewAsync(a, Long, Idle, Cancel)).ShouldBeFalse();
        await Should.ThrowAsync<ClusterException>(() => table.ClaimAsync("other", a, Cancel));
        await Should.ThrowAsync<ClusterException>(() => table.ClaimAsync("room", a, Cancel));
    }

    [Fact]
    public async Task Two_nodes_cannot_have_one_name_at_a_time()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var table = new OwnerTable(postgres.Connection);
        await table.OpenAsync(Cancel);
        var first = (await table.BeginAsync("a", Node, Long, Cancel))!.Value;
        (await table.BeginAsync("a", Node, Long, Cancel)).ShouldBeNull();
        (await table.RenewAsync(first, Short, Idle, Cancel)).ShouldBeTrue();
        long? second = null;
        await Eventually.IsAsync(async () => (second = await table.BeginAsync("a", Node, Long, Cancel)) is not null);
        second!.Value.ShouldBeGreaterThan(first);
        (await table.RenewAsync(first, Long, Idle, Cancel)).ShouldBeFalse();
        (await table.RenewAsync(second.Value, Long, Idle, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_swept_away_is_of_the_dead_alone()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var table = new OwnerTable(postgres.Connection);
        await table.OpenAsync(Cancel);
        var alive = (await table.BeginAsync("alive", Node, Long, Cancel))!.Value;
        await table.ClaimAsync("kept", alive, Cancel);
        await OwnShortlyAsync(table, "left", "dead");
        await Eventually.IsAsync(async () =>
        {
            await table.SweepAsync(TimeSpan.Zero, Cancel);
            return await postgres.AskAsync<long>("SELECT count(*) FROM liveface_owners") == 1;
        });
        (await table.FindAsync("kept", Cancel))!.Node.ShouldBe("alive");
        (await table.NodesAsync(Cancel)).Select(node => node.Node).ShouldBe(["alive"]);
    }

    [Fact]
    public async Task What_a_node_has_goes_with_its_tenure_and_tables_of_before_take_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.DoAsync("""
            CREATE TABLE liveface_nodes (
                node text PRIMARY KEY, tenure bigint NOT NULL UNIQUE, address text NOT NULL, lease timestamptz NOT NULL, url text,
                load real NOT NULL DEFAULT 0, cost real NOT NULL DEFAULT 0, serving boolean NOT NULL DEFAULT false);
            INSERT INTO liveface_nodes (node, tenure, address, lease) VALUES ('older', 0, 'http://127.0.0.1:1/', now() + interval '1 minute');
            """);
        await using var table = new OwnerTable(postgres.Connection);
        await table.OpenAsync(Cancel);
        await table.BeginAsync("newer", Node with { Offer = new NodeOffer("north", "A GPU", ["faces", "objects"]) }, Long, Cancel);
        var nodes = await table.NodesAsync(Cancel);
        nodes.Select(node => node.Node).ShouldBe(["newer", "older"]);
        (nodes[0].Offer.Region, nodes[0].Offer.Gpu).ShouldBe(("north", "A GPU"));
        nodes[0].Offer.Models.ShouldBe(["faces", "objects"]);
        nodes[0].Offer.Has(["plates"]).ShouldBeFalse();
        nodes[1].Offer.ShouldBe(new NodeOffer());
        nodes[1].Offer.Has(["plates"]).ShouldBeTrue();
    }

    /// <summary>Has a node own a room, and its lease end soon.</summary>
    private static async Task<long> OwnShortlyAsync(OwnerTable table, string room, string? node = null)
    {
        var tenure = (await table.BeginAsync(node ?? $"{room}-owner", Node, Long, Cancel))!.Value;
        (await table.ClaimAsync(room, tenure, Cancel)).Tenure.ShouldBe(tenure);
        (await table.RenewAsync(tenure, Short, Idle, Cancel)).ShouldBeTrue();
        return tenure;
    }

    private static async Task RenewUntilLostAsync(OwnerTable table, long tenure, bool renews)
    {
        for (var times = 0; renews && times < 3 && await table.RenewAsync(tenure, Short, Idle, Cancel); times++)
            await Task.Delay(Short / 3, Cancel);
    }

    private static async Task<RoomOwner> ClaimUntilMovedAsync(OwnerTable table, string room, long tenure, long from)
    {
        while (true)
        {
            var (owner, now) = await table.ClaimAsync(room, tenure, Cancel);
            if (now != from)
                return owner;
        }
    }
}
