using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Storage;
using LiveFace.Tests.Serving;
using LiveFace.Vision.Detection;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

/// <summary>A picture that is sent as a job and reviewed before it is written.</summary>
public sealed class StillReviewTests
{
    /// <summary>Where there is no face.</summary>
    private static readonly BoxF Flag = new(5, 30, 95, 300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    public async Task What_a_reviewer_keeps_is_shown_what_was_drawn_is_hidden_and_undone_it_is_as_found(string key)
    {
        await using var server = await RunningServer.StartLockedAsync(["--Films:Workers=1", .. key.Length > 0 ? [$"--Films:EncryptionKey={key}"] : Array.Empty<string>()]);
        using var client = server.ClientWith(server.MakeKey(Roles.Publish | Roles.Review));
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var picture = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        var id = (await client.UploadAsync(picture, "&review=true")).Id();
        var waits = (await client.FollowAsync(id, "review"))[^1];
        (waits.GetProperty("kind").GetString(), waits.GetProperty("film").GetProperty("pictures").GetInt32()).ShouldBe(("picture", 1));
        await (await client.GetAsync($"/api/jobs/{id}/result", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "job-state");

        var tracks = (await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks?from=0&to=0", Cancel)).EnumerateArray().ToList();
        tracks.ShouldNotBeEmpty();
        tracks.ShouldAllBe(track => track.GetProperty("boxes").GetArrayLength() == 1 && !track.GetProperty("kept").GetBoolean());
        await (await admin.GetAsync($"/api/jobs/{id}/pictures/0", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        Seen(server).ShouldBe(0);
        Shown(await client.GetByteArrayAsync($"/api/jobs/{id}/pictures/0", Cancel)).Face.ShouldBeGreaterThan(Likeness.Shown);
        Seen(server).ShouldBe(1);
        await (await client.GetAsync($"/api/jobs/{id}/pictures/1", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        Shown(await client.GetByteArrayAsync($"/api/jobs/{id}/preview/0", Cancel)).Face.ShouldBeLessThan(Likeness.Shown);

        var numbers = string.Join(',', tracks.Select(track => track.GetProperty("id").GetInt32()));
        (await client.EditAsync(id, $$"""{"keepOnly":[{{numbers}}]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await client.EditAsync(id, $$$"""{"box":{"model":0,"class":0,"picture":0,"box":[{{{Flag.Left}}},{{{Flag.Top}}},{{{Flag.Right}}},{{{Flag.Bottom}}}]}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await client.EditAsync(id, """{"box":{"model":0,"class":0,"picture":1,"box":[1,1,9,9]}}""")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "edit-invalid");
        var kept = Shown(await RenderAsync(client, id));
        (kept.Face > Likeness.Shown, kept.Flag > Likeness.Shown).ShouldBe((true, false), $"{kept}");

        (await client.EditAsync(id, """{"undo":1}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await client.EditAsync(id, """{"undo":2}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var file = await RenderAsync(client, id);
        ImageFile.Identify(file, null).Format.ShouldBe(ImageFile.Identify(picture, null).Format);
        var found = Shown(file);
        (found.Face > Likeness.Shown, found.Flag > Likeness.Shown).ShouldBe((false, true), $"{found}");
        var report = await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/report", Cancel);
        (report.GetProperty("edits").GetArrayLength(), report.GetProperty("signedOff").GetString()).ShouldBe((4, "test"));
        report.GetProperty("leastCertain").GetArrayLength().ShouldBeGreaterThan(0);
        report.GetProperty("output").GetProperty("tracks").GetInt32().ShouldBe(tracks.Count);
    }

    [Fact]
    public async Task What_the_floor_hides_of_a_picture_is_shown_by_no_edit()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1", $"--Policy:Floor={JobFilm.Policy}");
        var id = (await server.Client.UploadAsync(await File.ReadAllBytesAsync(Portrait.Path, Cancel), "&review=true")).Id();
        await server.Client.FollowAsync(id, "review");
        var track = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks", Cancel))[0].GetProperty("id").GetInt32();
        await (await server.Client.EditAsync(id, $$"""{"keep":[{{track}}]}""")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "edit-invalid");
        Shown(await RenderAsync(server.Client, id)).Face.ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task A_floor_that_comes_after_the_review_is_stronger_than_its_edits_and_than_its_preview()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var first = await RunningServer.StartInAsync(folder, "--Films:Workers=1");
        var id = (await first.Client.UploadAsync(await File.ReadAllBytesAsync(Portrait.Path, Cancel), "&review=true")).Id();
        await first.Client.FollowAsync(id, "review");
        var tracks = (await first.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}/tracks", Cancel)).EnumerateArray().Select(track => track.GetProperty("id").GetInt32());
        (await first.Client.EditAsync(id, $$"""{"keepOnly":[{{string.Join(',', tracks)}}]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Shown(await first.Client.GetByteArrayAsync($"/api/jobs/{id}/preview/0", Cancel)).Face.ShouldBeGreaterThan(Likeness.Shown);
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--Films:Workers=1", $"--Policy:Floor={JobFilm.Policy}");
        await (await second.Client.GetAsync($"/api/jobs/{id}/preview/0", Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "edit-invalid");
        (await second.Client.PostAsync($"/api/jobs/{id}/render", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.IsAsync(async () => (await second.Client.JobAsync(id)).State() is "failed" or "done");
        (await second.Client.JobAsync(id)).GetProperty("problem").ToString().ShouldContain("floor");
        await (await second.Client.GetAsync($"/api/jobs/{id}/result", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "job-state");

        (await second.Client.EditAsync(id, """{"undo":1}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Shown(await second.Client.GetByteArrayAsync($"/api/jobs/{id}/preview/0", Cancel)).Face.ShouldBeLessThan(Likeness.Shown);
        Shown(await RenderAsync(second.Client, id)).Face.ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task A_picture_that_was_not_to_be_hidden_is_hidden_once_there_is_a_floor()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var picture = await File.ReadAllBytesAsync(Portrait.Path, Cancel);
        var first = await RunningServer.StartInAsync(folder, "--Films:Workers=1");
        var bare = JobFilm.Policy.Replace("\"effect\":\"solid\"", "\"effect\":\"box\"", StringComparison.Ordinal).Replace("{\"rules\"", "{\"nothingHidden\":true,\"rules\"", StringComparison.Ordinal);
        using var sent = await first.Client.PostAsync($"/api/jobs?policy={Uri.EscapeDataString(bare)}&review=true", JobClient.Body(picture, "image/png"), Cancel);
        var open = (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Id();
        await first.Client.FollowAsync(open, "review");
        Shown(await first.Client.GetByteArrayAsync($"/api/jobs/{open}/preview/0", Cancel)).Face.ShouldBeGreaterThan(Likeness.Shown);
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--Films:Workers=1", $"--Policy:Floor={JobFilm.Policy}");
        Shown(await second.Client.GetByteArrayAsync($"/api/jobs/{open}/preview/0", Cancel)).Face.ShouldBeLessThan(Likeness.Shown);
        Shown(await RenderAsync(second.Client, open)).Face.ShouldBeLessThan(Likeness.Shown);
    }

    private static async Task<byte[]> RenderAsync(HttpClient client, string id)
    {
        (await client.PostAsync($"/api/jobs/{id}/render", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await client.FollowAsync(id, "done");
        return await client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel);
    }

    /// <summary>How much of the face, and of what stands beside it, a picture shows.</summary>
    private static (double Face, double Flag) Shown(byte[] picture)
    {
        using var pool = new FramePool(0);
        using var was = ImageFile.Decode(File.ReadAllBytes(Portrait.Path), pool);
        using var now = ImageFile.Decode(picture, pool);
        var (before, after) = (Portrait.LumaOf(was), Portrait.LumaOf(now));
        return (FaceIdentity.LikenessOf(before, after, was.Width, was.Height, Portrait.Face), Likeness.Of(before, after, was.Width, was.Height, Flag));
    }

    private static int Seen(RunningServer server) => File.ReadLines(Path.Combine(server.Services.GetRequiredService<Database>().Folder, AuditLog.FileName))
        .Count(line => line.Contains("raw-picture-seen", StringComparison.Ordinal));
}
