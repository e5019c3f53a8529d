using System.Net;
using System.Text;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

public sealed class RoomEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policy_is_set_and_got_with_its_version_as_etag()
    {
        await using var server = await RunningServer.StartAsync();
        using var before = await server.Client.GetAsync("/api/rooms/a/policy", Cancel);
        before.Headers.ETag!.Tag.ShouldBe("\"1\"");
        using var set = await PutAsync(server, """{"preset":"overlay-boxes"}""", "\"1\"");
        var policy = await set.JsonAsync();
        policy.GetProperty("version").GetInt64().ShouldBe(2);
        policy.GetProperty("preset").GetString().ShouldBe("overlay-boxes");
        policy.GetProperty("rules")[0].GetProperty("how").GetProperty("effect").GetString().ShouldBe("box");
        set.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await (await server.Client.GetAsync("/api/rooms/a/policy", Cancel)).JsonAsync()).GetRawText().ShouldBe(policy.GetRawText());
    }

    [Fact]
    public async Task A_change_on_an_old_version_is_refused_and_told_which_stands()
    {
        await using var server = await RunningServer.StartAsync();
        (await PutAsync(server, """{"preset":"hide-persons"}""", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var late = await PutAsync(server, """{"preset":"overlay-boxes"}""", "\"1\"");
        var problem = await late.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "version-mismatch");
        problem.GetProperty("currentVersion").GetInt64().ShouldBe(2);
        server.Rooms.Room("a").Policy.Preset.ShouldBe("hide-persons");
    }

    [Theory]
    [InlineData("""{"rules":[{"when":{"model":"faces","classes":"all"},"where":"box","how":{"effect":"blur","strength":140}}]}""", "rules[0].how.strength")]
    [InlineData("""{"rules":[],"colour":"red"}""", "colour")]
    [InlineData("""{"preset":"nothing-of-the-kind"}""", "preset")]
    [InlineData("not json", "policy")]
    public async Task A_policy_that_does_not_validate_names_the_field_and_changes_nothing(string json, string field)
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await PutAsync(server, json, null);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "policy-invalid");
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.GetRawText());
        server.Rooms.Room("a").Policy.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Rooms_are_listed_by_their_beginning()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var name in (string[])["standup.b", "standup.a", "other"])
            server.Rooms.Room(name);
        var rooms = await (await server.Client.GetAsync("/api/rooms?prefix=standup.", Cancel)).JsonAsync();
        rooms.EnumerateArray().Select(r => r.GetProperty("room").GetString()).ShouldBe(["standup.a", "standup.b"]);
    }

    [Fact]
    public async Task A_room_that_is_not_there_is_empty_and_cannot_be_ended()
    {
        await using var server = await RunningServer.StartAsync();
        var state = await (await server.Client.GetAsync("/api/rooms/nobody", Cancel)).JsonAsync();
        state.GetProperty("viewers").GetInt32().ShouldBe(0);
        state.GetProperty("cover").GetString().ShouldBe("no-picture");
        await (await server.Client.DeleteAsync("/api/rooms/nobody", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "room-not-found");
        server.Rooms.Find("nobody").ShouldBeNull();
    }

    [Fact]
    public async Task Ending_a_room_ends_it()
    {
        await using var server = await RunningServer.StartAsync();
        var room = server.Rooms.Room("a");
        (await server.Client.DeleteAsync("/api/rooms/a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        room.Ended.ShouldBeTrue();
    }

    private static Task<HttpResponseMessage> PutAsync(RunningServer server, string json, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/rooms/a/policy")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return server.Client.SendAsync(request, Cancel);
    }
}
