using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Jobs;

/// <summary>The real program, killed as the system kills: what it was working on goes on and ends, once.</summary>
public sealed class KilledServerTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("liveface-killed-").FullName;
    private readonly string _temporary = Directory.CreateTempSubdirectory("liveface-tmp-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_a_film_goes_on_behind_what_was_kept_and_ends_it_once()
    {
        var film = await JobFilm.MakeAsync(15);
        string id;
        await using (var first = await ServerProgram.StartAsync(_data, _temporary))
        {
            id = (await first.Client.UploadAsync(film)).Id();
            var folder = Path.Combine(_data, "films", id);
            // The first second is kept, and the next is under way.
            await Eventually.IsAsync(() => File.Exists(Path.Combine(folder, "segment-000000.json")));
            first.Kill();
        }

        await using var second = await ServerProgram.StartAsync(_data, _temporary);
        var told = await second.Client.FollowAsync(id, "done");

        told[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(15);
        told.Where(job => job.GetProperty("stage").ValueKind == JsonValueKind.String && job.GetProperty("stage").GetString() == "detect")
            .ShouldAllBe(job => job.GetProperty("pictures").GetInt64() >= 5, "the first second was looked at again");
        (await JobFilm.FacesShownAsync(film, await second.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);
        var audit = await File.ReadAllLinesAsync(Path.Combine(_data, "audit.jsonl"), Cancel);
        audit.Count(line => line.Contains("\"job-done\"", StringComparison.Ordinal)).ShouldBe(1);
        Directory.GetFiles(Path.Combine(_data, "films", id)).Count(file => Path.GetFileName(file).StartsWith("result-", StringComparison.Ordinal)).ShouldBe(1);

        await second.Client.DeleteAsync($"/api/jobs/{id}", Cancel);
        Directory.GetFileSystemEntries(Path.Combine(_data, "films")).ShouldBeEmpty();
        Directory.EnumerateFiles(_temporary, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_killed_between_the_audit_log_and_its_database_tells_of_the_result_once()
    {
        string id;
        await using (var first = await ServerProgram.StartAsync(_data, _temporary))
        {
            id = (await first.Client.UploadCoveredAsync(await JobFilm.MakeAsync(3))).Id();
            await first.Client.FollowAsync(id, "done");
            first.Kill();
        }

        var told = Told();
        Change(job => job with { State = JobState.Running, Attempts = 1, Result = null, Audit = null, Expires = null });
        await using var second = await ServerProgram.StartAsync(_data, _temporary);
        await second.Client.FollowAsync(id, "done");

        Told().ShouldBe(told);
        var line = JsonDocument.Parse(told.ShouldHaveSingleItem()).RootElement;
        line.GetProperty("generation").GetInt32().ShouldBe(1);
        var stands = JsonDocument.Parse(await second.Client.GetStringAsync($"/api/jobs/{id}/report", Cancel)).RootElement.GetProperty("audit");
        (stands.GetProperty("line").GetInt64(), stands.GetProperty("hash").GetString()).ShouldBe((line.GetProperty("n").GetInt64(), AuditLog.HashOf(told[0])));
    }

    [Fact]
    public async Task A_worker_that_is_killed_costs_its_segment()
    {
        var film = await JobFilm.MakeAsync(15);
        await using var server = await ServerProgram.StartAsync(_data, _temporary);
        var id = (await server.Client.UploadAsync(film)).Id();
        await Eventually.IsAsync(() => File.Exists(Path.Combine(_data, "films", id, "segment-000000.json")));
        await server.KillWorkerAsync();
        (await server.Client.FollowAsync(id, "done"))[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(15);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    public async Task A_worker_that_is_killed_while_it_writes_costs_its_piece_and_the_film_is_whole(string key)
    {
        var film = await JobFilm.MakeAsync(30);
        await using var server = await ServerProgram.StartAsync(_data, _temporary, key.Length > 0 ? [$"--Films:EncryptionKey={key}"] : []);
        var id = (await server.Client.UploadAsync(film)).Id();
        var folder = Path.Combine(_data, "films", id);
        await Eventually.IsAsync(() => Pieces(folder).Length > 0);
        var first = Pieces(folder)[0];
        var written = await File.ReadAllBytesAsync(first, Cancel);
        await server.KillWorkerAsync();
        // What was written is there as it was when another goes on.
        await Eventually.IsAsync(() => Pieces(folder).Length > 1);
        (await File.ReadAllBytesAsync(first, Cancel)).ShouldBe(written);
        var done = (await server.Client.FollowAsync(id, "done"))[^1];

        done.GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(30);
        (await JobFilm.FacesShownAsync(film, await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);
        Told().Length.ShouldBe(1);
        Directory.GetFiles(folder, "*", new EnumerationOptions { AttributesToSkip = 0 }).Select(Path.GetFileName)
            .ShouldBe(["film.boxes.json", "lock", "outcome-1.json", "result-1.mp4", "source"], ignoreOrder: true);
        Directory.EnumerateFiles(_temporary, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_whose_workers_always_die_fails_with_a_sentence_and_the_next_one_is_done()
    {
        await using var server = await ServerProgram.StartAsync(_data, _temporary, "--Films:Attempts=2");
        var film = await JobFilm.MakeAsync(3);
        var id = (await server.Client.AnnounceAsync(film.Length)).Id();
        // Its workers wait for this, and get nowhere.
        await using (new FileStream(Path.Combine(_data, "films", id, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            (await server.Client.PatchAsync(id, 0, film)).EnsureSuccessStatusCode();
            // Rooms go first.
            await server.UntilWorkerIsNiceAsync();
            await server.KillWorkerAsync();
            await server.KillWorkerAsync();
            await Eventually.IsAsync(async () => (await server.Client.JobAsync(id)).State() == "failed");
        }

        (await server.Client.JobAsync(id)).GetProperty("problem").GetString()!.ShouldContain("2 times");
        File.ReadLines(Path.Combine(_data, AuditLog.FileName)).Count(line => line.Contains("\"job-failed\"", StringComparison.Ordinal)).ShouldBe(1);
        await server.Client.FollowAsync((await server.Client.UploadCoveredAsync(film)).Id(), "done");
    }

    /// <summary>The pieces that are written, the first first.</summary>
    private static string[] Pieces(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "piece-*.done.json").Select(done => done.Replace(".done.json", ".ts", StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];

    /// <summary>The lines of the audit log that tell of a result.</summary>
    private string[] Told() =>
        [.. File.ReadLines(Path.Combine(_data, AuditLog.FileName)).Where(line => line.Contains("\"job-done\"", StringComparison.Ordinal))];

    /// <summary>Leaves the only job in the database as a crash does.</summary>
    private void Change(Func<JobRecord, JobRecord> change)
    {
        using var database = new Database(Options.Create(new StorageOptions { Folder = _data }));
        var stored = new StoredJobs(database);
        var job = change(JsonSerializer.Deserialize<JobRecord>(stored.All().ShouldHaveSingleItem(), ApiJson.Options)!);
        stored.Save(job.Id, job.Created, JsonSerializer.Serialize(job, ApiJson.Options));
    }

    public void Dispose()
    {
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_temporary, recursive: true);
    }
}
