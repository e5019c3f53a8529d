using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>A picture that comes with what a person said about it, over HTTP.</summary>
public sealed class MarkedRedactTests
{
    private const string Whole = """{"x":0,"y":0,"width":1,"height":1}""";

    private static readonly (string Order, string Code, string Field)[] Wrong =
    [
        ("""{"marks":{"hide":[{"shape":"rectangle"}]}}""", "request-invalid", "marks.hide[0].box"),
        ("""{"marks":{"keep":[{"model":"ghosts","box":{"x":0,"y":0,"width":1,"height":1}}]}}""", "request-invalid", "marks.keep[0].model"),
        ("""{"mark":{}}""", "request-invalid", "redaction.mark"),
        ("""{"preset":"none"}""", "request-invalid", "preset"),
        ("""{"preset":"blur-faces","policy":{"preset":"blur-faces"}}""", "request-invalid", "redaction.policy"),
        ("""{"policy":{"rules":[{"when":{"model":"ghosts","classes":"all"},"where":"box","how":{"effect":"blur"}}]}}""", "policy-invalid", "rules[0].when.model"),
        ("no JSON", "request-invalid", "redaction"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_drawn_is_hidden_and_what_is_kept_is_shown()
    {
        await using var server = await RunningServer.StartAsync();
        using var drawn = await MarkedCalls.PostAsync(server.Client, """
            {"policy":{"rules":[],"nothingHidden":true},"marks":{"hide":[{"shape":"ellipse","box":{"x":0.3,"y":0.1,"width":0.28,"height":0.3}}]}}
            """);
        drawn.StatusCode.ShouldBe(HttpStatusCode.OK, await drawn.Content.ReadAsStringAsync(Cancel));
        Portrait.FaceIn(await drawn.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeLessThan(Likeness.Shown);

        using var kept = await MarkedCalls.PostAsync(server.Client, $$$"""{"marks":{"keep":[{{{await FaceAsync(server)}}}]}}""");
        kept.Headers.GetValues("LiveFace-Kept").ShouldBe(["1"]);
        Portrait.FaceIn(await kept.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeGreaterThan(Likeness.Shown);
    }

    [Fact]
    public async Task The_servers_floor_hides_what_somebody_keeps_or_does_not_ask_to_be_hidden()
    {
        await using var server = await RunningServer.StartAsync("--Policy:Floor=blur-faces");
        var face = await FaceAsync(server);
        foreach (var order in (string[])[$$$"""{"marks":{"keep":[{{{face}}}]}}""", """{"policy":{"rules":[],"nothingHidden":true}}""", """{"preset":"overlay-boxes"}"""])
        {
            using var answer = await MarkedCalls.PostAsync(server.Client, order);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            Portrait.FaceIn(await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeLessThan(Likeness.Shown, order);
        }
    }

    [Fact]
    public async Task What_cannot_be_done_says_which_field()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var (order, code, field) in Wrong)
        {
            using var answer = await MarkedCalls.PostAsync(server.Client, order);
            var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
            problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
        }
    }

    [Fact]
    public async Task A_rooms_policy_is_not_undercut_by_marks()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await MarkedCalls.PostAsync(server.Client, $$$"""{"marks":{"keep":[{"model":"faces","box":{{{Whole}}}}]}}""", "?room=mine");
        await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        using var other = await MarkedCalls.PostAsync(server.Client, """{"preset":"overlay-boxes"}""", "?room=mine");
        await other.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    /// <summary>The portrait's face as the server itself finds it, as a mark.</summary>
    private static async Task<string> FaceAsync(RunningServer server)
    {
        using var answer = await server.Client.PostAsync("/api/detect", MarkedCalls.Picture("image/png"), Cancel);
        var found = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["objects"]!.AsArray().MaxBy(one => (double)one!["score"]!)!;
        return new JsonObject { ["model"] = "faces", ["box"] = found["box"]!.DeepClone() }.ToJsonString();
    }
}
