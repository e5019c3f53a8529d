using System.Net;
using System.Text;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using LiveFace.Tests.Jobs.Spread;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Shared;

/// <summary>Places that a key has at all servers together, with a real PostgreSQL.</summary>
public sealed class SharedPlacesTests
{
    private const int Races = 100;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_those_who_take_the_last_places_at_two_servers_at_once_as_many_get_one_as_there_are()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var first = Store(postgres);
        using var second = Store(postgres);
        using var a = new SharedPlaces(first, new PlaceSpan(TimeSpan.FromMinutes(5)), TimeProvider.System);
        using var b = new SharedPlaces(second, new PlaceSpan(TimeSpan.FromMinutes(5)), TimeProvider.System);
        for (var race = 0; race < Races; race++)
        {
            var subject = $"key {race}";
            using var start = new ManualResetEventSlim();
            var takers = Enumerable.Range(0, 6).Select(number => Task.Factory.StartNew(() =>
            {
                start.Wait(Cancel);
                return (number % 2 == 0 ? a : b).TryTake(subject, most: 3);
            }, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            start.Set();
            (await Task.WhenAll(takers)).Count(place => place is not null).ShouldBe(3, subject);
        }
    }

    [Fact]
    public async Task Of_two_who_would_be_a_keys_last_viewer_at_two_servers_at_once_one_is_each_time()
    {
        await using var two = await TwoServers.StartAsync("--Quotas:ViewersPerKey=1");
        var (_, key) = await two.MakeKeyAsync("view");
        RunningServer[] servers = [two.A, two.B];
        var sessions = servers.Select(_ => new ScriptedSession("v=0\r\n")).ToArray();
        for (var race = 0; race < Races; race++)
        {
            for (var at = 0; at < servers.Length; at++)
            {
                var session = sessions[at] = new ScriptedSession("v=0\r\n");
                servers[at].Rooms.Room("a").Answering = _ => session;
            }

            var answers = await Task.WhenAll(servers.Select(server => PostAsync(server, key)));
            answers.Order().ToArray().ShouldBe([HttpStatusCode.Created, HttpStatusCode.TooManyRequests], $"race {race}");
            foreach (var session in sessions)
                session.Close();
            await Eventually.IsAsync(async () => await two.Database.AskAsync<long>("SELECT count(*) FROM liveface.places") == 0);
        }
    }

    [Fact]
    public async Task Places_of_a_server_that_is_not_heard_of_are_free_and_its_own_again_when_it_is()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var store = Store(postgres);
        var clock = new ManualClock();
        using var a = new SharedPlaces(store, new PlaceSpan(Span), clock);
        using var b = new SharedPlaces(store, new PlaceSpan(TimeSpan.FromMinutes(5)), TimeProvider.System);
        a.TryTake("key", 1).ShouldNotBeNull();
        b.TryTake("key", 1).ShouldBeNull();
        await Eventually.IsAsync(() => b.TryTake("key", 1) is not null);

        // It holds one more than there are, and nobody gets one before both have gone.
        clock.Advance(TimeSpan.FromMinutes(1));
        a.Beat();
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface.places")).ShouldBe(2);
        b.TryTake("key", 2).ShouldBeNull();

        // One that others had forgotten writes anew what it holds.
        await postgres.DoAsync("DELETE FROM liveface.place_servers WHERE until < clock_timestamp() + interval '1 minute'; DELETE FROM liveface.places");
        clock.Advance(TimeSpan.FromMinutes(1));
        a.Beat();
        b.TryTake("key", 1).ShouldBeNull();
    }

    [Fact]
    public async Task A_place_that_is_given_back_is_free_at_once_here_and_with_the_next_beat_elsewhere()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var store = Store(postgres);
        using var a = new SharedPlaces(store, new PlaceSpan(TimeSpan.FromMinutes(5)), TimeProvider.System);
        var b = new SharedPlaces(store, new PlaceSpan(TimeSpan.FromMinutes(5)), TimeProvider.System);
        var place = a.TryTake("key", 1)!.Value;
        a.GiveBack(place);
        place = a.TryTake("key", 1)!.Value;
        a.GiveBack(place);
        b.TryTake("key", 1).ShouldBeNull();
        a.Beat();
        b.TryTake("key", 1).ShouldNotBeNull();
        b.Dispose();
        a.TryTake("key", 1).ShouldNotBeNull();
    }

    [Fact]
    public async Task While_the_database_is_away_nobody_takes_a_place()
    {
        await using var two = await TwoServers.StartAsync();
        var (_, key) = await two.MakeKeyAsync("view");
        two.A.Rooms.Room("a").Answering = _ => new ScriptedSession("v=0\r\n");
        await two.Database.KillAsync();
        (await PostAsync(two.A, key)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private static SharedStore Store(PostgresServer postgres) =>
        new(Options.Create(new StorageOptions { Database = postgres.Connection }), NullLogger<SharedStore>.Instance);

    private static async Task<HttpStatusCode> PostAsync(RunningServer server, string key)
    {
        using var client = server.ClientWith(key);
        using var answer = await client.PostAsync("/whep/a", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel);
        return answer.StatusCode;
    }
}
