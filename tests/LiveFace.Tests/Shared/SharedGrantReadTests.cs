using System.Net;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Tests.Access;
using LiveFace.Tests.Telemetry;

namespace LiveFace.Tests.Shared;

/// <summary>Servers that were behind read what changed.</summary>
public sealed class SharedGrantReadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_no_signal_tells_of_is_read_all_the_same()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view");
        var session = await GrantCalls.OpenAsync(two.B, key, "/whep/a");
        await two.Database.DoAsync("DO $$ BEGIN EXECUTE replace(pg_get_functiondef('liveface.tell_change'::regproc), 'PERFORM pg_notify', '-- '); END $$");

        await two.DeleteAsync($"/api/keys/{id}");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await KeySteps.ShouldBeVoidAsync(two.B, key);
    }

    [Fact]
    public async Task A_server_whose_listening_connection_is_cut_off_hears_of_what_was_deleted_meanwhile()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view");
        var session = await GrantCalls.OpenAsync(two.B, key, "/whep/a");
        (await two.Database.AskAsync<long>(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN liveface_changes%'")).ShouldBe(2);

        await two.DeleteAsync($"/api/keys/{id}");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await KeySteps.ShouldBeVoidAsync(two.B, key);
        await Eventually.IsAsync(async () => await two.Database.AskAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN liveface_changes%'") == 2);
    }

    [Fact]
    public async Task What_is_opened_while_nobody_knows_what_was_taken_back_ends_at_once()
    {
        var clock = new ManualClock();
        var fresh = new StoreFreshness(clock, new StoreFreshness.Limits(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)));
        var credentials = new Credentials();
        var key = new Credential("0123456789ab", CredentialKind.Key, "made", KeyText.Hash("lf_made"), [new Scope(Roles.View, RoomPattern.Everything)], DateTimeOffset.UnixEpoch, null)
        {
            Owner = "0123456789ab",
        };
        credentials.TryAdd(key);
        using var open = new OpenGrants(credentials, fresh, Faults.Sink, clock);
        var ends = new List<GrantEnd>();
        using var before = open.Track(key.ToGrant(), ends.Add);
        clock.Advance(TimeSpan.FromSeconds(6));

        using var late = open.Track(key.ToGrant(), ends.Add);
        ends.ShouldBe([GrantEnd.Unknown]);
        using var elsewhere = open.Track(key.ToGrant() with { Credential = null }, ends.Add);
        ends.Count.ShouldBe(1, "another system's word stands by itself");
        open.EndUnknown();
        ends.ShouldBe([GrantEnd.Unknown, GrantEnd.Unknown]);

        // Nor is it let in by the word of another node, which knows.
        var doorkeeper = new Doorkeeper(
            new AccessMode(true, false), new StoredGrants(credentials, new HubTickets(null, clock)), [],
            new AddressLimits(Microsoft.Extensions.Options.Options.Create(new AccessOptions()), clock), fresh, clock);
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        request.Features.Set(VouchedGrant.Read(VouchedGrant.Write(key.ToGrant())));
        (await doorkeeper.AdmitAsync(request, IPAddress.Loopback, Roles.View)).Problem!.Code.ShouldBe("store-unreachable");
        fresh.Known(fresh.Now());
        fresh.IsFresh.ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_is_further_behind_than_changes_are_kept_reads_everything()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view", "control");
        var link = await KeySteps.ShareAsync(two.A, key, "a", "view");
        await TwoServers.UntilAsync(two.B, link, HttpStatusCode.OK);
        var session = await GrantCalls.OpenAsync(two.B, link, "/whep/a");

        // As when thousands of changes were made meanwhile: what happened is in no list.
        await two.Database.DoAsync($"BEGIN; DELETE FROM liveface.keys WHERE id = '{id}'; DELETE FROM liveface.changes; COMMIT");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await KeySteps.ShouldBeVoidAsync(two.B, key);
        await TwoServers.UntilAsync(two.A, link, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void A_row_that_is_not_deleted_yet_does_not_bring_back_what_was_taken_back()
    {
        var credentials = new Credentials();
        var key = new Credential("0123456789ab", CredentialKind.Key, "made", KeyText.Hash("lf_made"), [new Scope(Roles.View, RoomPattern.Everything)], DateTimeOffset.UnixEpoch, null)
        {
            Owner = "0123456789ab",
        };
        credentials.TryAdd(key).ShouldBeTrue();
        credentials.Remove([key.Id]).ShouldHaveSingleItem();
        credentials.TryAdd(key with { }).ShouldBeFalse();
        credentials.Find("lf_made").ShouldBeNull();
    }
}
