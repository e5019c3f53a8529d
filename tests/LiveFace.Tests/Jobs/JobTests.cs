using System.Net;
using System.Text.Json;
using LiveFace.Cli;
using LiveFace.Features.Jobs.State;
using LiveFace.Tests.Files;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace LiveFace.Tests.Jobs;

/// <summary>The life of a job: a film or picture goes in, and comes out safe to show, with its report.</summary>
public sealed class JobTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_comes_back_with_its_face_hidden_and_a_report_that_fits()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1", "--Media:Sandbox=preferred");
        var film = await JobFilm.MakeAsync(8);
        var id = (await server.Client.UploadAsync(film)).Id();

        var told = await server.Client.FollowAsync(id, "done");

        told.Select(job => job.State()).ShouldContain("running");
        var result = told[^1].GetProperty("result");
        (result.GetProperty("pictures").GetInt64(), result.GetProperty("covered").GetInt64(), result.GetProperty("left").GetInt32()).ShouldBe((8, 0, 0));
        result.GetProperty("tracks").GetInt32().ShouldBeGreaterThan(0);
        told[^1].GetProperty("film").GetProperty("width").GetInt32().ShouldBe(512);
        using var answer = await server.Client.GetAsync($"/api/jobs/{id}/result", Cancel);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("talk.redacted.mp4");
        var redacted = await answer.Content.ReadAsByteArrayAsync(Cancel);
        (await JobFilm.FacesShownAsync(film, redacted)).ShouldAllBe(shown => shown < Likeness.Shown);
        await ShouldVerifyAsync(server, id, film, redacted);

        (await server.Client.DeleteAsync($"/api/jobs/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.GetFileSystemEntries(server.Services.GetRequiredService<JobFiles>().Folder).ShouldBeEmpty();
        await (await server.Client.GetAsync($"/api/jobs/{id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "job-not-found");
    }

    [Fact]
    public async Task A_picture_comes_back_with_its_face_hidden()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1");
        var id = (await server.Client.UploadAsync(await File.ReadAllBytesAsync(Portrait.Path, Cancel))).Id();

        var done = (await server.Client.FollowAsync(id, "done"))[^1];

        (done.GetProperty("kind").GetString(), done.GetProperty("result").GetProperty("type").GetString()).ShouldBe(("picture", "image/png"));
        Portrait.FaceIn(await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel)).ShouldBeLessThan(Likeness.Shown);
        (await server.Client.GetStringAsync($"/api/jobs/{id}/report", Cancel)).ShouldContain("liveface/report");
    }

    [Theory]
    [InlineData("gif", "image/gif")]
    [InlineData("apng", "image/apng")]
    public async Task A_picture_that_moves_stays_one_with_its_face_hidden(string kind, string type)
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1");
        var moves = await JobFilm.MakeAsync(4, kind);
        var id = (await server.Client.UploadAsync(moves)).Id();

        var result = (await server.Client.FollowAsync(id, "done"))[^1].GetProperty("result");

        (result.GetProperty("type").GetString(), result.GetProperty("pictures").GetInt64()).ShouldBe((type, 4));
        using var answer = await server.Client.GetAsync($"/api/jobs/{id}/result", Cancel);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"talk.redacted.{kind}");
        (await JobFilm.FacesShownAsync(moves, await answer.Content.ReadAsByteArrayAsync(Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);
    }

    [Fact]
    public async Task A_broken_film_fails_with_a_sentence_that_names_it_and_no_folder()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1");
        var id = (await server.Client.UploadAsync([.. (await JobFilm.MakeAsync(5)).Take(900)])).Id();

        await Eventually.IsAsync(async () => (await server.Client.JobAsync(id)).State() == "failed");

        var job = await server.Client.JobAsync(id);
        var problem = job.GetProperty("problem").GetString()!;
        problem.ShouldContain("talk.mp4");
        problem.ShouldNotContain(server.Services.GetRequiredService<JobFiles>().Folder);
        await (await server.Client.GetAsync($"/api/jobs/{id}/result", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "job-state");
    }

    [Fact]
    public async Task Ten_jobs_at_once_all_end_each_once()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=2");
        var film = await JobFilm.MakeAsync(3);
        var ids = (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Client.UploadCoveredAsync(film)))).Select(job => job.Id()).ToList();

        foreach (var id in ids)
            await server.Client.FollowAsync(id, "done");

        var lines = await AuditAsync(server);
        foreach (var id in ids)
            lines.Count(line => line.Contains("\"job-done\"", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_is_paused_stops_goes_on_and_is_deleted_while_it_runs()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1", "--Films:SegmentSeconds=1");
        var id = (await server.Client.UploadAsync(await JobFilm.MakeAsync(60))).Id();
        await server.Client.FollowAsync(id, "running");
        (await server.Client.PostAsync($"/api/jobs/{id}/pause", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Client.JobAsync(id)).State().ShouldBe("paused");
        await (await server.Client.PostAsync($"/api/jobs/{id}/render", null, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "job-state");
        (await server.Client.PostAsync($"/api/jobs/{id}/resume", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.Client.FollowAsync(id, "running");

        (await server.Client.DeleteAsync($"/api/jobs/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        Directory.GetFileSystemEntries(server.Services.GetRequiredService<JobFiles>().Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_kept_no_longer_is_deleted_with_its_files()
    {
        await using var server = await RunningServer.StartAsync();
        var id = (await server.Client.UploadAsync(await JobFilm.MakeAsync(2))).Id();
        var board = server.Services.GetRequiredService<JobBoard>();
        board.Change(id, job => job with { State = JobState.Done, Expires = DateTimeOffset.UnixEpoch }).ShouldNotBeNull();

        // It is looked at as the server starts, and twice a minute.
        await server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<LiveFace.Features.Jobs.JobKeeper>().Single().SweepAsync();

        board.Find(id).ShouldBeNull();
        Directory.GetFileSystemEntries(server.Services.GetRequiredService<JobFiles>().Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_takes_no_line_of_the_audit_log_keeps_no_film_beyond_its_time()
    {
        await using var server = await RunningServer.StartAsync();
        var id = (await server.Client.UploadAsync(await JobFilm.MakeAsync(2))).Id();
        var board = server.Services.GetRequiredService<JobBoard>();
        board.Change(id, job => job with { State = JobState.Done, Expires = DateTimeOffset.UnixEpoch }).ShouldNotBeNull();
        var log = Path.Combine(server.Services.GetRequiredService<LiveFace.Storage.Database>().Folder, LiveFace.Storage.AuditLog.FileName);
        File.Delete(log);
        Directory.CreateDirectory(log);

        var keeper = server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<LiveFace.Features.Jobs.JobKeeper>().Single();
        await Should.ThrowAsync<LiveFace.Storage.StorageException>(keeper.SweepAsync);

        Directory.GetFileSystemEntries(server.Services.GetRequiredService<JobFiles>().Folder).ShouldBeEmpty();
        board.Find(id).ShouldNotBeNull("it is told once the disk takes a line");
    }

    private static async Task ShouldVerifyAsync(RunningServer server, string id, byte[] film, byte[] redacted)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-verify-").FullName;
        try
        {
            string At(string name) => Path.Combine(folder, name);
            var json = await server.Client.GetStringAsync($"/api/jobs/{id}/report", Cancel);
            var report = JsonDocument.Parse(json).RootElement;
            report.GetProperty("leastCertain").GetArrayLength().ShouldBeGreaterThan(0);
            report.GetProperty("models")[0].GetProperty("sha256").GetString()!.Length.ShouldBe(64);
            await File.WriteAllTextAsync(At("report.json"), json, Cancel);
            await File.WriteAllBytesAsync(At("film.mp4"), redacted, Cancel);
            await File.WriteAllBytesAsync(At("raw.mp4"), film, Cancel);
            await File.WriteAllTextAsync(At("changed.json"), json.Replace("\"covered\": 0", "\"covered\": 1", StringComparison.Ordinal), Cancel);
            await File.WriteAllLinesAsync(At("audit.jsonl"), await AuditAsync(server), Cancel);
            await File.WriteAllTextAsync(At("broken.jsonl"), (await File.ReadAllTextAsync(At("audit.jsonl"), Cancel)).Replace("\"film\"", "\"picture\"", StringComparison.Ordinal), Cancel);

            (await VerifyAsync(At("report.json"), At("film.mp4"), "--audit", At("audit.jsonl"))).ShouldBe((CommandLine.Success, ""));
            (await VerifyAsync(At("report.json"), At("raw.mp4"))).Said.ShouldContain("before it was redacted");
            (await VerifyAsync(At("changed.json"), At("film.mp4"))).Said.ShouldContain("was changed");
            (await VerifyAsync(At("report.json"), At("film.mp4"), "--audit", At("broken.jsonl"))).Said.ShouldContain("chain breaks");
            using var page = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/report") { Headers = { { "Accept", "text/html" } } };
            (await (await server.Client.SendAsync(page, Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("data:image/jpeg;base64,");
            await ShouldBePrintedAsync(server, id, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The PDF, read by a parser that others wrote, has what the JSON says, and the pictures.</summary>
    private static async Task ShouldBePrintedAsync(RunningServer server, string id, JsonElement report)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/report") { Headers = { { "Accept", "application/pdf" } } };
        using var answer = await server.Client.SendAsync(request, Cancel);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("talk.report.pdf");
        using var pdf = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync(Cancel));
        // Long words are broken over lines.
        var text = string.Concat(pdf.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value)).Replace(" ", "", StringComparison.Ordinal);
        foreach (var told in (string[])[report.GetProperty("hash").GetString()!, report.GetProperty("output").GetProperty("sha256").GetString()!, id])
            text.ShouldContain(told);
        pdf.GetPages().Sum(page => page.GetImages().Count()).ShouldBe(report.GetProperty("leastCertain").EnumerateArray().Count(doubt => doubt.GetProperty("jpeg").ValueKind == JsonValueKind.String));
    }

    private static async Task<(int Code, string Said)> VerifyAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await CommandLine.RunAsync(["verify", .. args], output, errors, Cancel), errors.ToString());
    }

    private static async Task<string[]> AuditAsync(RunningServer server) =>
        await File.ReadAllLinesAsync(Path.Combine(server.Services.GetRequiredService<LiveFace.Storage.Database>().Folder, LiveFace.Storage.AuditLog.FileName), Cancel);
}
