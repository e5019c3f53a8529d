using System.Net;
using System.Text;
using LiveFace.Features.People.State;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Tests.People;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Shared;

/// <summary>What lasts of rooms, stickers and people is the same at two servers with one database.</summary>
public sealed class SharedPolicyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_set_at_one_server_holds_in_the_others_room_also_a_laxer_one_and_never_below_its_floor()
    {
        await using var two = await TwoServers.StartWholeAsync("--Policy:Floor=blur-faces");
        var (_, key) = await two.MakeKeyAsync("view", "control");
        await using var hub = await HubSocket.ConnectAsync(two.B.Address, key);
        await hub.InvokeAsync("Join", "a", null);
        var room = two.B.Services.GetRequiredService<IRoomDirectory>().Find("a")!;
        var before = room.Policy.Version;

        await PutAsync(two.A, key, "a", "cover-everything");
        (await hub.EventAsync("policy")).GetProperty("policy").GetProperty("cover").GetBoolean().ShouldBeTrue();
        room.Policy.Cover.ShouldBeTrue();
        room.Policy.Version.ShouldBeGreaterThan(before);

        await PutAsync(two.A, key, "a", "nothing-hidden");
        await Eventually.IsAsync(() => !room.Policy.Cover);
        room.Policy.Rules.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_moderator_at_one_server_mutes_and_hides_more_in_a_participants_room_at_the_other()
    {
        await using var two = await TwoServers.StartWholeAsync();
        var (_, key) = await two.MakeKeyAsync("publish", "view", "control");
        using var organiser = two.A.ClientWith(key);
        var place = await (await organiser.PostAsync("/api/meetings/standup/participants", Json("""{"name":"Ada"}"""), Cancel)).JsonAsync();
        var (name, token) = (place.GetProperty("room").GetString()!, place.GetProperty("token").GetString()!);
        await TwoServers.UntilAsync(two.B, token, HttpStatusCode.OK);
        await using var ada = await HubSocket.ConnectAsync(two.B.Address, token);
        await ada.InvokeAsync("Join", name, null);
        var room = two.B.Services.GetRequiredService<IRoomDirectory>().Find(name)!;

        (await organiser.PutAsync($"/api/rooms/{name}/muted", Json("""{"muted":true}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await PutAsync(two.A, key, name, "cover-everything");
        await Eventually.IsAsync(() => room.Muted && room.Policy.Cover);

        // The participant cannot undo it.
        await PutAsync(two.B, token, name, "blur-faces");
        room.Policy.Cover.ShouldBeTrue();
        (await organiser.PutAsync($"/api/rooms/{name}/muted", Json("""{"muted":false}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.IsAsync(() => !room.Muted);
    }

    [Fact]
    public async Task A_sticker_put_up_at_one_server_is_at_the_other_and_goes_with_it()
    {
        await using var two = await TwoServers.StartAsync();
        var (_, key) = await two.MakeKeyAsync("admin");
        using var there = two.B.ClientWith(key);
        using var png = new ByteArrayContent(TestPng.Of(8, 8, 0xFF0000FF)) { Headers = { ContentType = new("image/png") } };
        (await two.Admin.PutAsync("/api/stickers/star", png, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Eventually.IsAsync(async () => (await there.GetAsync("/api/stickers/star", Cancel)).StatusCode == HttpStatusCode.OK);
        await two.Admin.DeleteAsync("/api/stickers/star", Cancel);
        await Eventually.IsAsync(async () => (await there.GetAsync("/api/stickers/star", Cancel)).StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_withdraws_at_one_server_is_hidden_at_the_other_and_everybody_is_while_it_cannot_know()
    {
        await using var two = await TwoServers.StartAsync(PeopleRig.Key, "--Storage:StaleSeconds=5");
        await PeopleRig.AddAsync(two.Admin, "ada");
        var there = two.B.Services.GetRequiredService<PeopleRegistry>();
        await Eventually.IsAsync(() => there.Find("ada", "a") is not null);
        (await two.Admin.DeleteAsync("/api/people/ada", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.IsAsync(() => there.Find("ada", "a") is null && there.Count == 0);

        await PeopleRig.AddAsync(two.Admin, "ada");
        await Eventually.IsAsync(() => there.Find("ada", "a") is not null);
        await two.Database.KillAsync();
        await Eventually.IsAsync(() => there.Find("ada", "a") is null && there.Count == 1);
        await two.Database.StartAgainAsync();
        await Eventually.IsAsync(() => there.Find("ada", "a") is not null);
    }

    internal static string Policy(string preset) => preset == "nothing-hidden"
        ? """{"rules":[],"nothingHidden":true}"""
        : Encoding.UTF8.GetString(PolicyJson.Write(PolicyPresets.Find(preset)!));

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task PutAsync(RunningServer server, string key, string room, string preset)
    {
        using var client = server.ClientWith(key);
        using var answer = await client.PutAsync($"/api/rooms/{room}/policy", Json(Policy(preset)), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
