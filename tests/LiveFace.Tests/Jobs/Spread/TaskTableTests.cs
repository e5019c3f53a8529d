using System.Collections.Concurrent;
using LiveFace.Storage;
using LiveFace.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>Pieces of work in a real PostgreSQL: each is one worker's, and whoever has lost one changes nothing any more.</summary>
public sealed class TaskTableTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_piece_whose_lease_is_over_is_anothers_and_the_first_worker_can_neither_renew_nor_finish_it()
    {
        await using var server = await PostgresServer.StartAsync();
        using var database = Open(server);
        var tasks = new TaskTable(database);
        tasks.Add("a", 1, "film", 0, "{}", "");
        tasks.Add("a", 1, "film", 0, "{}", "");
        var first = tasks.Claim("one", TimeSpan.FromMilliseconds(1), 3, "").ShouldNotBeNull();
        // It is late now, and still its worker's as long as nobody else has taken it.
        tasks.Renew(first, TimeSpan.FromMilliseconds(1), "{}").ShouldBeTrue();
        TaskRow? second = null;
        await Eventually.IsAsync(() => (second = tasks.Claim("two", Lease, 3, "")) is not null);

        second!.Fence.ShouldBeGreaterThan(first.Fence);
        tasks.Renew(first, Lease, null).ShouldBeFalse();
        tasks.Finish(first, "stale").ShouldBeFalse();
        tasks.Release(first, counts: true).ShouldBeFalse();
        tasks.Claim("three", Lease, 3, "").ShouldBeNull();
        tasks.Finish(second, "good").ShouldBeTrue();
        tasks.Finish(second, "again").ShouldBeFalse();
        var row = tasks.Of("a", 1).ShouldHaveSingleItem();
        (row.State, row.Result, row.Attempts).ShouldBe((TaskState.Done, "good", 2));
    }

    [Fact]
    public async Task Many_workers_that_ask_at_once_get_each_piece_once_and_the_oldest_job_first()
    {
        await using var server = await PostgresServer.StartAsync();
        using var database = Open(server);
        var tasks = new TaskTable(database);
        for (var i = 0; i < 200; i++)
            tasks.Add($"job{i / 100}", 1, $"piece-{i:D3}", i, "{}", "");
        tasks.Claim("first", Lease, 3, "")!.Name.ShouldBe("piece-000");
        var got = new ConcurrentBag<string>();
#pragma warning disable RS0030 // Each asks from a thread of its own.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            while (tasks.Claim($"{worker}", Lease, 3, "") is { } claimed)
                got.Add(claimed.Name);
        })));
#pragma warning restore RS0030
        got.Count.ShouldBe(199);
        got.Distinct(StringComparer.Ordinal).Count().ShouldBe(199);
    }

    [Fact]
    public async Task A_piece_that_kills_its_workers_is_given_to_no_more_of_them_and_one_that_is_taken_back_is_nobodys()
    {
        await using var server = await PostgresServer.StartAsync();
        using var database = Open(server);
        var tasks = new TaskTable(database);
        tasks.Add("a", 1, "poison", 0, "{}", "");
        for (var i = 0; i < 2; i++)
            tasks.Release(tasks.Claim("one", Lease, 2, "").ShouldNotBeNull(), counts: true).ShouldBeTrue();
        tasks.Claim("one", Lease, 2, "").ShouldBeNull();
        tasks.Add("b", 1, "stopped", 0, "{}", "");
        for (var i = 0; i < 5; i++)
            tasks.Release(tasks.Claim("one", Lease, 2, "").ShouldNotBeNull(), counts: false).ShouldBeTrue();
        var last = tasks.Claim("one", Lease, 2, "").ShouldNotBeNull();
        tasks.Withdraw("b");
        tasks.Renew(last, Lease, null).ShouldBeFalse();
        tasks.Finish(last, "{}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_with_another_key_gets_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        using var database = Open(server);
        var tasks = new TaskTable(database);
        tasks.Add("a", 1, "film", 0, "{}", "0011");
        tasks.Claim("other", Lease, 3, "").ShouldBeNull();
        tasks.Claim("other", Lease, 3, "2233").ShouldBeNull();
        tasks.Claim("one", Lease, 3, "0011").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_database_that_is_killed_takes_nothing_and_has_all_that_it_took_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync();
        using var database = Open(server);
        var (tasks, jobs) = (new TaskTable(database), new PostgresJobs(database));
        jobs.Save("a", DateTimeOffset.UnixEpoch, "{}");
        tasks.Add("a", 1, "film", 0, "{}", "");
        var claimed = tasks.Claim("one", Lease, 3, "").ShouldNotBeNull();
        await server.KillAsync();
        Should.Throw<StorageException>(() => tasks.Finish(claimed, "{}"));
        Should.Throw<StorageException>(() => jobs.Save("b", DateTimeOffset.UnixEpoch, "{}"));
        await server.StartAgainAsync();
        await Eventually.IsAsync(() =>
        {
            try
            {
                return tasks.Finish(claimed, "{}");
            }
            catch (StorageException)
            {
                return false;
            }
        });
        jobs.All().ShouldBe(["{}"]);
    }

    [Fact]
    public async Task A_second_server_is_refused_and_a_setting_that_is_no_connection_is_named_without_its_password()
    {
        await using var server = await PostgresServer.StartAsync();
        using var first = Open(server);
        first.TakeForServer("Films:Database");
        using var second = new PostgresDatabase(server.Connection);
        Should.Throw<OptionsValidationException>(() => second.TakeForServer("Films:Database")).Message.ShouldContain("another server");
        PostgresDatabase.Problem("Host=;Password=secret").ShouldNotBeNull().ShouldNotContain("secret");
        PostgresDatabase.Problem("nonsense").ShouldNotBeNull();
        PostgresDatabase.Problem(server.Connection).ShouldBeNull();
    }

    private static PostgresDatabase Open(PostgresServer server)
    {
        var database = new PostgresDatabase(server.Connection);
        database.Open("Films:Database");
        return database;
    }
}
