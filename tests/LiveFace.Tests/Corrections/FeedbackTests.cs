using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Features.Feedback;
using LiveFace.Storage;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Corrections;

/// <summary>Thumbs and words about results.</summary>
public sealed class FeedbackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thumbs_are_kept_counted_listed_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();
        (await SayAsync(server, new { thumb = "up", about = "watermark" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var down = await (await SayAsync(server, new { thumb = "down", about = "film", words = " It lost one at the gate. \n" })).JsonAsync();
        down.GetProperty("words").GetString().ShouldBe("It lost one at the gate.");

        var page = await server.Client.GetFromJsonAsync<JsonElement>("/api/feedback", Cancel);
        (page.GetProperty("up").GetInt32(), page.GetProperty("down").GetInt32(), page.GetProperty("total").GetInt32()).ShouldBe((1, 1, 2));
        (await server.Client.GetFromJsonAsync<JsonElement>("/api/feedback?thumb=up", Cancel)).GetProperty("feedback").GetArrayLength().ShouldBe(1);
        (await server.Client.GetFromJsonAsync<JsonElement>("/api/feedback?worded=true", Cancel)).GetProperty("feedback")[0].GetProperty("about").GetString().ShouldBe("film");
        var metrics = await server.Client.GetStringAsync("/metrics", Cancel);
        foreach (var (thumb, about, count) in ((string, string, int)[])[("down", "film", 1), ("up", "watermark", 1), ("down", "watermark", 0)])
            metrics.Split('\n').ShouldContain(line => line.StartsWith("liveface_feedback_total{", StringComparison.Ordinal)
                && line.Contains($"thumb=\"{thumb}\"", StringComparison.Ordinal) && line.Contains($"about=\"{about}\"", StringComparison.Ordinal) && line.Contains($"}} {count}", StringComparison.Ordinal));

        var id = down.GetProperty("id").GetString();
        (await server.Client.DeleteAsync($"/api/feedback/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        server.DatabaseHolds("at the gate").ShouldBeFalse();
        await (await server.Client.DeleteAsync($"/api/feedback/{id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task What_came_with_a_correction_goes_with_it_and_the_rest_in_its_time()
    {
        await using var server = await RunningServer.StartAsync();
        var (id, secret) = await CorrectionRig.KeepAsync(server.Client);
        await SayAsync(server, new { thumb = "down", words = "with a case", correction = id });
        await SayAsync(server, new { thumb = "up", words = "alone" });
        (await CorrectionRig.WithdrawAsync(server.Client, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (server.Rows("feedback"), server.DatabaseHolds("with a case"), server.DatabaseHolds("alone")).ShouldBe((1, false, true));

        server.Services.GetRequiredService<Database>().Execute("UPDATE feedback SET expires = 1");
        server.Services.GetRequiredService<FeedbackBox>().RemoveExpired();
        (server.Rows("feedback"), server.DatabaseHolds("alone")).ShouldBe((0, false));
    }

    [Fact]
    public async Task What_is_too_long_unknown_or_too_much_is_refused()
    {
        await using var server = await RunningServer.StartAsync("--Feedback:PerAddressPerDay=2");
        foreach (var (said, field) in ((object, string)[])[
            (new { }, "thumb"), (new { thumb = "up", words = new string('a', 1001) }, "words"), (new { thumb = "up", words = "\u0007" }, "words"),
            (new { thumb = "up", correction = "none" }, "correction")])
            (await (await SayAsync(server, said)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid"))
                .GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
        await (await SayAsync(server, new { thumb = "sideways" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        foreach (var query in (string[])["?thumb=both", "?skip=-1", "?limit=0"])
            await (await server.Client.GetAsync($"/api/feedback{query}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        await SayAsync(server, new { thumb = "up" });
        await SayAsync(server, new { thumb = "up" });
        await (await SayAsync(server, new { thumb = "up" })).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        server.Rows("feedback").ShouldBe(2);
        await using var off = await RunningServer.StartAsync("--Feedback:Enabled=false");
        await (await SayAsync(off, new { thumb = "up" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await using var full = await RunningServer.StartAsync("--Feedback:Most=1");
        await SayAsync(full, new { thumb = "up" });
        await (await SayAsync(full, new { thumb = "up" })).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
    }

    private static Task<HttpResponseMessage> SayAsync(RunningServer server, object said) => server.Client.PostAsJsonAsync("/api/feedback", said, Cancel);
}
