using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Media.Images.Files;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

/// <summary>A job that stops for its review: tracks, edits, pictures; and who may do which.</summary>
public sealed class JobReviewTests
{
    private const int Pictures = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_track_that_a_reviewer_keeps_is_shown_and_one_undo_later_it_is_hidden()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        using var client = server.ClientWith(server.MakeKey(Roles.Publish | Roles.Review));
        var film = await JobFilm.MakeAsync(Pictures);
        var id = (await client.UploadAsync(film, "&review=true")).Id();
        await client.FollowAsync(id, "review");
        await (await client.GetAsync($"/api/jobs/{id}/tracks?from=2&to=0", Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        var tracks = await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks?from=0&to=2", Cancel);
        tracks.EnumerateArray().ShouldAllBe(track => track.GetProperty("boxes").GetArrayLength() > 0 && !track.GetProperty("kept").GetBoolean());
        var numbers = string.Join(',', tracks.EnumerateArray().Select(track => track.GetProperty("id").GetInt32()));
        numbers.ShouldNotBeEmpty();
        // What is seen is what will be written.
        var raw = await client.GetByteArrayAsync($"/api/jobs/{id}/pictures/2", Cancel);
        Shown(raw, await client.GetByteArrayAsync($"/api/jobs/{id}/preview/2", Cancel)).ShouldBeLessThan(Likeness.Shown);

        (await client.EditAsync(id, $$"""{"keepOnly":[{{numbers}}]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Shown(raw, await client.GetByteArrayAsync($"/api/jobs/{id}/preview/2", Cancel)).ShouldBeGreaterThan(Likeness.Shown);
        var kept = await RenderAsync(client, id);
        (await JobFilm.FacesShownAsync(film, kept)).ShouldAllBe(shown => shown > Likeness.Shown);

        (await client.EditAsync(id, """{"undo":1}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var hidden = await RenderAsync(client, id);
        (await JobFilm.FacesShownAsync(film, hidden)).ShouldAllBe(shown => shown < Likeness.Shown);
        var edits = await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/edits", Cancel);
        (edits.GetProperty("edits").GetArrayLength(), edits.GetProperty("inForce").GetArrayLength()).ShouldBe((2, 0));
        var report = await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/report", Cancel);
        (report.GetProperty("edits").GetArrayLength(), report.GetProperty("signedOff").GetString()).ShouldBe((2, "test"));
    }

    [Fact]
    public async Task An_edit_that_cannot_be_applied_or_shows_what_the_floor_hides_is_refused_and_written_nowhere()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1", $"--Policy:Floor={JobFilm.Policy}");
        var id = (await server.Client.UploadAsync(await JobFilm.MakeAsync(Pictures), "&review=true")).Id();
        await server.Client.FollowAsync(id, "review");
        var track = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks", Cancel))[0].GetProperty("id").GetInt32();

        foreach (var edit in (string[])[$$"""{"keep":[{{track}}]}""", $$"""{"keepOnly":[{{track}}]}""", $$$"""{"cut":{"track":{{{track}}},"from":0,"to":1}}""",
            """{"hide":[999]}""", """{"undo":1}""", """{"by":"me","hide":[1]}""", "[]", "{"])
            await (await server.Client.EditAsync(id, edit)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "edit-invalid");

        (await server.Client.EditAsync(id, """{"box":{"model":0,"class":0,"picture":1,"box":[300,300,400,380]}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.JobAsync(id)).GetProperty("edits").GetInt32().ShouldBe(1);
        // It is followed in both directions.
        var added = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks", Cancel)).EnumerateArray().MaxBy(one => one.GetProperty("id").GetInt32());
        (added.GetProperty("last").GetInt32() - added.GetProperty("first").GetInt32()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_a_job_asks_of_faces_is_told_of_its_tracks_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1");
        var film = await JobFilm.MakeAsync(Pictures);
        using (var refused = await server.Client.PostAsync(JobFilm.Query("&attributes=name"), JobClient.Body(film), Cancel))
            await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        var id = (await server.Client.UploadAsync(film, "&review=true&attributes=age,emotion")).Id();
        await server.Client.FollowAsync(id, "review");
        var told = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks", Cancel)).EnumerateArray()
            .Select(track => track.GetProperty("attributes")).First(attributes => attributes.ValueKind == JsonValueKind.Object);
        var age = told.GetProperty("age");
        age.GetProperty("years").GetDouble().ShouldBeInRange(age.GetProperty("low").GetDouble(), age.GetProperty("high").GetDouble());
        told.GetProperty("gender").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.Client.GetStringAsync($"/api/jobs/{id}/boxes", Cancel)).ShouldContain("\"attributes\":[\"age\",\"emotion\"]");
    }

    [Fact]
    public async Task Pictures_as_they_are_are_for_reviewers_alone_never_for_links_and_each_is_in_the_audit_log()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:Workers=1");
        var reviewer = server.MakeKey(Roles.Publish | Roles.View | Roles.Control | Roles.Review);
        using var client = server.ClientWith(reviewer);
        var id = (await client.UploadAsync(await JobFilm.MakeAsync(Pictures), "&review=true")).Id();
        await client.FollowAsync(id, "review");
        var track = (await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks", Cancel))[0].GetProperty("id").GetInt32();
        string[] raw = [$"/api/jobs/{id}/pictures/0", $"/api/jobs/{id}/tracks/{track}/thumbnail"];

        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        using var other = server.ClientWith(server.MakeKey(Roles.Publish | Roles.Review));
        using var link = server.ClientWith(await KeySteps.ShareAsync(server, reviewer, "a", "publish"));
        foreach (var path in raw)
        {
            await (await admin.GetAsync(path, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
            await (await link.GetAsync(path, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
            await (await other.GetAsync(path, Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        }

        Audit(server).ShouldNotContain("raw-picture-seen");
        foreach (var nobody in (HttpClient[])[admin, link])
            await (await nobody.PostAsync($"/api/jobs/{id}/render?allowFinds=true", null, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        Audit(server).ShouldNotContain("job-signed-off");
        (await client.GetByteArrayAsync($"{raw[0]}?width=64", Cancel)).Length.ShouldBeGreaterThan(100);
        (await client.GetByteArrayAsync(raw[1], Cancel)).Length.ShouldBeGreaterThan(100);
        Audit(server).Split('\n').Count(line => line.Contains("raw-picture-seen", StringComparison.Ordinal)).ShouldBe(2);
        await (await client.GetAsync($"/api/jobs/{id}/pictures/{Pictures}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_foreign_key_and_a_link_see_nothing_of_others_jobs_and_the_key_of_a_link_sees_its()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var owner = server.MakeKey(Roles.Publish | Roles.View | Roles.Control);
        using var mine = server.ClientWith(owner);
        using var link = server.ClientWith(await KeySteps.ShareAsync(server, owner, "a", "publish"));
        using var other = server.ClientWith(server.MakeKey(Roles.Publish));
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var film = await JobFilm.MakeAsync(2);
        var (own, links) = ((await mine.UploadAsync(film)).Id(), (await link.UploadAsync(film)).Id());

        foreach (var (client, seen) in ((HttpClient, string[])[])[(mine, [own, links]), (link, [links]), (other, []), (admin, [own, links])])
            (await client.GetFromJsonAsync<JsonElement>("/api/jobs", Cancel)).EnumerateArray().Select(job => job.Id()).ShouldBe(seen);
        foreach (var path in (string[])["", "/events", "/result", "/boxes", "/tracks", "/edits", "/report", "/preview/0"])
            await (await other.GetAsync($"/api/jobs/{own}{path}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        foreach (var path in (string[])["/pause", "/resume", "/render"])
            await (await other.PostAsync($"/api/jobs/{own}{path}", null, Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        await (await link.DeleteAsync($"/api/jobs/{own}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        await using var hub = await HubSocket.ConnectAsync(server.Address, owner);
        await hub.InvokeAsync("WatchJobs");
        await mine.DeleteAsync($"/api/jobs/{own}", Cancel);
        (await hub.EventAsync("jobGone")).Id().ShouldBe(own);
    }

    private static async Task<byte[]> RenderAsync(HttpClient client, string id)
    {
        (await client.PostAsync($"/api/jobs/{id}/render", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await client.FollowAsync(id, "done");
        return await client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel);
    }

    private static double Shown(byte[] raw, byte[] preview)
    {
        using var pool = new Media.Frames.FramePool(0);
        using var was = ImageFile.Decode(raw, pool);
        using var now = ImageFile.Decode(preview, pool);
        return JobFilm.LikenessOf(was, now, 2);
    }

    private static string Audit(RunningServer server) =>
        File.ReadAllText(Path.Combine(server.Services.GetRequiredService<LiveFace.Storage.Database>().Folder, LiveFace.Storage.AuditLog.FileName));
}
