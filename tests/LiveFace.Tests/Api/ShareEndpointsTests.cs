using System.Net;
using System.Net.Http.Json;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

public sealed class ShareEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_lets_others_watch_that_room_and_nothing_else()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var owner = server.ClientWith(server.MakeKey(Roles.View | Roles.Control, "studio"));
        var link = await (await owner.PostAsync("/api/rooms/studio/share", null, Cancel)).JsonAsync();
        link.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["view"]);
        link.GetProperty("url").GetString().ShouldBe($"{server.Address}view/studio#key={link.GetProperty("token").GetString()}");
        using var guest = server.ClientWith(link.GetProperty("token").GetString()!);
        (await guest.GetAsync("/api/rooms/studio", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await guest.GetAsync("/api/rooms/other", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await (await guest.PostAsync("/api/rooms/studio/share", null, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Links_that_were_taken_back_no_longer_open()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var owner = server.ClientWith(server.MakeKey(Roles.Admin));
        var link = await (await owner.PostAsync("/api/rooms/studio/share", null, Cancel)).JsonAsync();
        (await owner.DeleteAsync("/api/rooms/studio/share", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var guest = server.ClientWith(link.GetProperty("token").GetString()!);
        await (await guest.GetAsync("/api/rooms/studio", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
        var again = await (await owner.PostAsync("/api/rooms/studio/share", null, Cancel)).JsonAsync();
        using var next = server.ClientWith(again.GetProperty("token").GetString()!);
        (await next.GetAsync("/api/rooms/studio", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"roles":["publish"]}""")]
    [InlineData("""{"roles":["admin"]}""")]
    [InlineData("""{"pattern":"*"}""")]
    [InlineData("""{"pattern":"other"}""")]
    public async Task Nobody_gives_on_more_than_they_have(string body)
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var owner = server.ClientWith(server.MakeKey(Roles.View | Roles.Control, "studio"));
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await (await owner.PostAsync("/api/rooms/studio/share", content, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task A_meeting_is_shared_by_its_beginning()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var owner = server.ClientWith(server.MakeKey(Roles.View | Roles.Control | Roles.Publish, "standup.*"));
        var link = await (await owner.PostAsJsonAsync(
            "/api/rooms/standup.anna/share", new { roles = new[] { "view", "publish" }, pattern = "standup.*", minutes = 30 }, Cancel)).JsonAsync();
        using var guest = server.ClientWith(link.GetProperty("token").GetString()!);
        (await guest.GetAsync("/api/rooms/standup.ben", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_never_outlives_the_key_that_made_it()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var expires = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 120);
        using var owner = server.ClientWith(server.MakeKey(Roles.View | Roles.Control, "studio", expires));
        var link = await (await owner.PostAsync("/api/rooms/studio/share", null, Cancel)).JsonAsync();
        link.GetProperty("expires").GetDateTimeOffset().ShouldBe(expires);
    }
}
