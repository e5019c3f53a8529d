using System.Net;
using System.Net.WebSockets;
using System.Text;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;
using LiveFace.Tests.Telemetry;

namespace LiveFace.Tests.Shared;

/// <summary>Keys and links of two servers with one database: what one makes opens the other, and what one takes back ends there.</summary>
public sealed class SharedGrantTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_deleted_at_one_server_ends_what_it_opened_at_the_other_and_nothing_else()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view", "control", "publish");
        var (_, lasting) = await two.MakeKeyAsync("view");
        await using var hub = await HubSocket.ConnectAsync(two.B.Address, key);
        await using var other = await HubSocket.ConnectAsync(two.B.Address, lasting);
        await hub.InvokeAsync("Join", "a", null);
        var session = await OpenAsync(two.B, key, "/whep/a");

        await two.DeleteAsync($"/api/keys/{id}");

        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await hub.UntilClosedAsync();
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await RevocationTests.ShouldBeVoidAsync(two.B, key);
        await other.InvokeAsync("Join", "a", null);
    }

    [Fact]
    public async Task A_link_made_at_one_server_opens_the_other_until_it_or_its_key_is_taken_back()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view", "control");
        var (first, second) = (await RevocationTests.ShareAsync(two.A, key, "a", "view"), await RevocationTests.ShareAsync(two.A, key, "b", "view"));
        await TwoServers.UntilAsync(two.B, first, HttpStatusCode.OK);
        await TwoServers.UntilAsync(two.B, second, HttpStatusCode.OK);
        var (watches, stays) = (await OpenAsync(two.B, first, "/whep/a"), await OpenAsync(two.B, second, "/whep/b"));

        await two.DeleteAsync("/api/rooms/a/share");
        await watches.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await RevocationTests.ShouldBeVoidAsync(two.B, first);
        stays.Ended.IsCompleted.ShouldBeFalse();

        await two.DeleteAsync($"/api/keys/{id}");
        await stays.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await RevocationTests.ShouldBeVoidAsync(two.B, second, "b");
    }

    [Fact]
    public async Task What_no_signal_tells_of_is_read_all_the_same()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view");
        var session = await OpenAsync(two.B, key, "/whep/a");
        await two.Database.DoAsync("DO $$ BEGIN EXECUTE replace(pg_get_functiondef('liveface.tell_change'::regproc), 'PERFORM pg_notify', '-- '); END $$");

        await two.DeleteAsync($"/api/keys/{id}");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await RevocationTests.ShouldBeVoidAsync(two.B, key);
    }

    [Fact]
    public async Task A_server_whose_listening_connection_is_cut_off_hears_of_what_was_deleted_meanwhile()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view");
        var session = await OpenAsync(two.B, key, "/whep/a");
        (await two.Database.AskAsync<long>(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN liveface_changes%'")).ShouldBe(2);

        await two.DeleteAsync($"/api/keys/{id}");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await RevocationTests.ShouldBeVoidAsync(two.B, key);
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
        var link = await RevocationTests.ShareAsync(two.A, key, "a", "view");
        await TwoServers.UntilAsync(two.B, link, HttpStatusCode.OK);
        var session = await OpenAsync(two.B, link, "/whep/a");

        // As when thousands of changes were made meanwhile: what happened is in no list.
        await two.Database.DoAsync($"BEGIN; DELETE FROM liveface.keys WHERE id = '{id}'; DELETE FROM liveface.changes; COMMIT");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await RevocationTests.ShouldBeVoidAsync(two.B, key);
        await TwoServers.UntilAsync(two.A, link, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_grant_that_is_narrowed_ends_what_was_opened_with_more()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view", "publish");
        var session = await OpenAsync(two.B, key, "/whep/a");

        await two.Database.DoAsync($"UPDATE liveface.keys SET roles = {(int)Roles.Publish} WHERE id = '{id}'");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        using var client = two.B.ClientWith(key);
        await (await client.GetAsync("/api/rooms/a", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
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

    [Fact]
    public async Task A_ticket_of_one_server_opens_the_hub_of_the_other_once()
    {
        await using var two = await TwoServers.StartAsync();
        var (_, key) = await two.MakeKeyAsync("view");
        using var client = two.A.ClientWith(key);
        var ticket = (await (await client.PostAsync("/api/hub-ticket", null, Cancel)).JsonAsync()).GetProperty("ticket").GetString()!;

        await using (var hub = await HubSocket.ConnectAsync(two.B.Address, query: ticket))
            await hub.InvokeAsync("Join", "a", null);
        await Should.ThrowAsync<WebSocketException>(() => HubSocket.ConnectAsync(two.A.Address, query: ticket));
        await Should.ThrowAsync<WebSocketException>(() => HubSocket.ConnectAsync(two.B.Address, query: ticket));
    }

    [Fact]
    public async Task A_key_has_one_quota_at_both_servers()
    {
        await using var two = await TwoServers.StartAsync("--Quotas:ViewersPerKey=2");
        var (_, key) = await two.MakeKeyAsync("view");
        var held = await OpenAsync(two.A, key, "/whep/a");
        await OpenAsync(two.A, key, "/whep/a");
        (await PostAsync(two.B, key, "/whep/a", close: true)).ShouldBe(HttpStatusCode.TooManyRequests);
        held.Close();
        await Eventually.IsAsync(async () => await PostAsync(two.B, key, "/whep/a", close: true) == HttpStatusCode.Created);
    }

    private static async Task<ScriptedSession> OpenAsync(RunningServer server, string key, string path)
    {
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room(path[6..]).Answering = _ => session;
        (await PostAsync(server, key, path)).ShouldBe(HttpStatusCode.Created);
        return session;
    }

    private static async Task<HttpStatusCode> PostAsync(RunningServer server, string key, string path, bool close = false)
    {
        ScriptedSession? session = null;
        if (close)
            server.Rooms.Room(path[6..]).Answering = _ => session = new ScriptedSession("v=0\r\n");
        using var client = server.ClientWith(key);
        using var answer = await client.PostAsync(path, new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel);
        session?.Close();
        return answer.StatusCode;
    }
}
