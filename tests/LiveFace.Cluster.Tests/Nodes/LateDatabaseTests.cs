using Npgsql;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>A node that is started before its PostgreSQL, as after a power cut.</summary>
public sealed class LateDatabaseTests
{
    [Fact]
    public async Task A_node_waits_for_its_database_and_says_so_and_is_not_ready_before_that()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.KillAsync();
        await using var node = NodeProcess.Begin("a", postgres.Connection);
        await Eventually.IsAsync(() => node.Log.Contains("Storage:Database: PostgreSQL does not answer yet", StringComparison.Ordinal));
        (await node.IsReadyAsync()).ShouldBeFalse();
        await postgres.StartAgainAsync();
        await node.ReadyAsync();
        node.Log.ShouldContain("Storage:Database: PostgreSQL answers after");
    }

    [Fact]
    public async Task A_node_waits_for_another_server_that_makes_the_tables_and_takes_long_for_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var maker = new NpgsqlConnection(postgres.Connection);
        await maker.OpenAsync(TestContext.Current.CancellationToken);
        await using (var locks = new NpgsqlCommand($"SELECT pg_advisory_lock({0x4C46_7374_6F72})", maker))
            await locks.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var node = NodeProcess.Begin("a", postgres.Connection, "--Storage:StaleSeconds=2");
        // Longer than it would wait for an answer once it serves.
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND clock_timestamp() - query_start > interval '4 seconds'") == 1);
        (await node.IsReadyAsync()).ShouldBeFalse();
        await maker.CloseAsync();
        NpgsqlConnection.ClearPool(maker);
        await node.ReadyAsync();
    }

    [Fact]
    public async Task It_gives_up_after_the_time_that_is_set_and_at_once_where_the_database_refuses_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using (var refused = NodeProcess.Begin("a", postgres.Connection.Replace("Username=liveface", "Username=nobody", StringComparison.Ordinal), "--Storage:WaitSeconds=60"))
        {
            await refused.EndedAsync();
            refused.Log.ShouldContain("Storage:Database: PostgreSQL cannot be used.");
            refused.Log.ShouldNotContain("does not answer yet");
        }

        await postgres.KillAsync();
        await using var late = NodeProcess.Begin("a", postgres.Connection, "--Storage:WaitSeconds=2");
        await late.EndedAsync();
        late.ExitCode.ShouldBe(2);
        late.Log.ShouldContain("gives up after");
        late.Log.ShouldContain("Storage:Database: PostgreSQL cannot be used.");
    }
}
