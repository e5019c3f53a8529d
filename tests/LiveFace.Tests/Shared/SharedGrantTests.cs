using System.Net;
using System.Net.WebSockets;
using LiveFace.Access;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;

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
        var session = await GrantCalls.OpenAsync(two.B, key, "/whep/a");

        await two.DeleteAsync($"/api/keys/{id}");

        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await hub.UntilClosedAsync();
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await KeySteps.ShouldBeVoidAsync(two.B, key);
        await other.InvokeAsync("Join", "a", null);
    }

    [Fact]
    public async Task A_link_made_at_one_server_opens_the_other_until_it_or_its_key_is_taken_back()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view", "control");
        var (first, second) = (await KeySteps.ShareAsync(two.A, key, "a", "view"), await KeySteps.ShareAsync(two.A, key, "b", "view"));
        await TwoServers.UntilAsync(two.B, first, HttpStatusCode.OK);
        await TwoServers.UntilAsync(two.B, second, HttpStatusCode.OK);
        var (watches, stays) = (await GrantCalls.OpenAsync(two.B, first, "/whep/a"), await GrantCalls.OpenAsync(two.B, second, "/whep/b"));

        await two.DeleteAsync("/api/rooms/a/share");
        await watches.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await KeySteps.ShouldBeVoidAsync(two.B, first);
        stays.Ended.IsCompleted.ShouldBeFalse();

        await two.DeleteAsync($"/api/keys/{id}");
        await stays.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await KeySteps.ShouldBeVoidAsync(two.B, second, "b");
    }

    [Fact]
    public async Task A_grant_that_is_narrowed_ends_what_was_opened_with_more()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view", "publish");
        var session = await GrantCalls.OpenAsync(two.B, key, "/whep/a");

        await two.Database.DoAsync($"UPDATE liveface.keys SET roles = {(int)Roles.Publish} WHERE id = '{id}'");

        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        using var client = two.B.ClientWith(key);
        await (await client.GetAsync("/api/rooms/a", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
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
        var held = await GrantCalls.OpenAsync(two.A, key, "/whep/a");
        await GrantCalls.OpenAsync(two.A, key, "/whep/a");
        (await GrantCalls.PostAsync(two.B, key, "/whep/a", close: true)).ShouldBe(HttpStatusCode.TooManyRequests);
        held.Close();
        await Eventually.IsAsync(async () => await GrantCalls.PostAsync(two.B, key, "/whep/a", close: true) == HttpStatusCode.Created);
    }
}
