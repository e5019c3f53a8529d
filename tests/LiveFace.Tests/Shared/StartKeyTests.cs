using LiveFace.Access;
using LiveFace.Tests.Jobs.Spread;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Shared;

/// <summary>Servers that share a database and begin with no key: one of them makes the first.</summary>
public sealed class StartKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_servers_that_begin_at_once_one_shows_a_start_key_and_it_opens_all()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var settings = TwoServers.Settings(postgres);
        await using var a = await RunningServer.StartAsync(settings);
        await using var b = await RunningServer.StartAsync(settings);
        KeyStore[] stores = [a.Services.GetRequiredService<KeyStore>(), b.Services.GetRequiredService<KeyStore>()];
        for (var round = 0; round < 8; round++)
        {
            using var together = new Barrier(stores.Length);
            var made = await Task.WhenAll(stores.Select(store => Task.Run(() =>
            {
                together.SignalAndWait(Cancel);
                return store.MakeFirst("start key");
            }, Cancel)));
            var key = made.Where(one => one is not null).ShouldHaveSingleItem();
            (await postgres.AskAsync<long>("SELECT count(*) FROM liveface.keys")).ShouldBe(1);
            await Eventually.IsAsync(() => stores.All(store => !store.IsEmpty));
            foreach (var server in (RunningServer[])[a, b])
                (await TwoServers.AskAsync(server, key!)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
            stores.ShouldAllBe(store => store.MakeFirst("start key") == null);

            // As when the last key is deleted, and a server begins after that.
            stores[0].Delete(stores[0].All.Single().Id).ShouldBeTrue();
            await Eventually.IsAsync(() => stores.All(store => store.IsEmpty));
        }
    }
}
