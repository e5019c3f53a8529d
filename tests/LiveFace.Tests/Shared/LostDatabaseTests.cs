using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Shared;

/// <summary>A server that cannot know what was taken back admits nobody, and ends in time what is open.</summary>
public sealed class LostDatabaseTests : LostDatabaseTestBase
{
    [Fact]
    public async Task Without_the_database_nobody_is_admitted_nothing_gets_laxer_and_all_is_well_when_it_is_back()
    {
        await using var two = await TwoServers.StartWholeAsync("--Storage:StaleSeconds=5");
        var (_, key) = await two.MakeKeyAsync("view", "control");
        using var client = two.B.ClientWith(key);
        await using var hub = await HubSocket.ConnectAsync(two.B.Address, key);
        await hub.InvokeAsync("Join", "a", null);
        (await PutPolicyAsync(client, "a", "cover-everything")).ShouldBe(HttpStatusCode.OK);

        await two.Database.KillAsync();

        await TwoServers.UntilAsync(two.B, key, HttpStatusCode.ServiceUnavailable);
        await TwoServers.ShouldNotKnowAsync(two.B, key);
        await Should.ThrowAsync<WebSocketException>(() => HubSocket.ConnectAsync(two.B.Address, key));
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync("SetPolicy", "a", JsonSerializer.Deserialize<JsonElement>(SharedPolicyTests.Policy("blur-faces")), null))).Message.ShouldContain("store-unreachable");
        (await hub.InvokeAsync("Watch", "a")).GetArrayLength().ShouldBe(1);
        using (var anybody = await two.B.Client.GetAsync("/health/ready", Cancel))
            anybody.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await two.Database.StartAgainAsync();
        await TwoServers.UntilAsync(two.B, key, HttpStatusCode.OK);
        await TwoServers.UntilAsync(two.A, key, HttpStatusCode.OK);
        (await client.GetStringAsync("/api/rooms/a/policy", Cancel)).ShouldContain("\"cover\":true");
        await Eventually.IsAsync(async () => (await two.B.Client.GetAsync("/health/ready", Cancel)).StatusCode == HttpStatusCode.OK);
        (await PutPolicyAsync(client, "a", "blur-faces")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_policy_that_the_database_does_not_take_makes_nothing_laxer_here_or_there()
    {
        // Nobody is refused before the write is tried.
        await using var two = await TwoServers.StartWholeAsync();
        var (_, key) = await two.MakeKeyAsync("view", "control");
        using var client = two.B.ClientWith(key);
        (await PutPolicyAsync(client, "a", "cover-everything")).ShouldBe(HttpStatusCode.OK);
        await two.Database.KillAsync();

        (await PutPolicyAsync(client, "a", "blur-faces")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.GetStringAsync("/api/rooms/a/policy", Cancel)).ShouldContain("\"cover\":true");

        await two.Database.StartAgainAsync();
        await Eventually.IsAsync(async () => (await two.Database.AskAsync<string>("SELECT json FROM liveface.policies")).Contains("\"cover\":true", StringComparison.Ordinal));
        using var other = two.A.ClientWith(key);
        (await other.GetStringAsync("/api/rooms/a/policy", Cancel)).ShouldContain("\"cover\":true");
    }

    private static async Task<HttpStatusCode> PutPolicyAsync(HttpClient client, string room, string preset)
    {
        using var answer = await client.PutAsync(
            $"/api/rooms/{room}/policy", new StringContent(SharedPolicyTests.Policy(preset), Encoding.UTF8, "application/json"), Cancel);
        return answer.StatusCode;
    }
}
