using System.Text;
using System.Text.Json;
using LiveFace.Storage;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary>
/// A server and workers as processes of their own, with a real PostgreSQL: whatever is killed, held or gone for a while, each film is done
/// once, and nothing of it stays where nobody looks.
/// </summary>
public sealed class SpreadTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveface-spread-").FullName;
    private readonly string _key = Convert.ToBase64String(Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Films => Path.Combine(_root, "films");

    [Fact]
    public async Task Workers_share_a_film_by_segments_in_a_folder_and_a_key_and_its_result_is_handed_out_once()
    {
        await using var postgres = await PostgresServer.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", $"--Films:Folder={Films}", $"--Films:EncryptionKey={_key}"];
        await using var server = await ServeAsync(shared);
        await using var one = Work("one", shared);
        await using var two = Work("two", shared);
        var film = await JobFilm.MakeAsync(20);
        var id = (await server.Client.UploadAsync(film)).Id();

        // Both at work at once.
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(DISTINCT owner) FROM liveface_tasks WHERE name LIKE 'segment%' AND state > 0") == 2);
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(DISTINCT owner) FROM liveface_tasks WHERE name LIKE 'piece%' AND state > 0") == 2);
        var told = await server.Client.FollowAsync(id, "done");

        told[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(20);
        told.ShouldContain(job => job.GetProperty("stage").ToString() == "render" && job.GetProperty("total").GetInt64() == 20);
        await ShouldBeHiddenAsync(server, id, film);
        (await server.Client.GetStringAsync($"/api/jobs/{id}/report", Cancel)).ShouldContain("liveface/report");
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks")).ShouldBe(0);
        (await postgres.AskAsync<string>("SELECT json FROM liveface_jobs")).ShouldContain("\"done\"");
        Directory.GetDirectories(Path.Combine(Films, id)).ShouldBeEmpty();
        DiskWatch.Find([_root, postgres.Folder], [film[(film.Length / 2)..(film.Length / 2 + 48)], Encoding.UTF8.GetBytes(_key)]).ShouldBeEmpty();

        await server.Client.DeleteAsync($"/api/jobs/{id}", Cancel);
        Directory.GetFileSystemEntries(Films).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_is_killed_while_it_writes_and_what_others_wrote_is_written_once_and_joined()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var store = await S3Server.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", $"--Films:EncryptionKey={_key}", .. store.Settings];
        await using var server = await ServeAsync([.. shared, $"--Films:Folder={Films}"]);
        await using var lasting = Work("lasting", [.. shared, $"--Films:Folder={Path.Combine(_root, "scratch-lasting")}"]);
        await using var killed = Work("killed", [.. shared, $"--Films:Folder={Path.Combine(_root, "scratch-killed")}"]);
        var film = await JobFilm.MakeAsync(30);
        var id = (await server.Client.UploadAsync(film)).Id();
        await Eventually.IsAsync(async () =>
            await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE state = 2 AND name LIKE 'piece%'") > 0 &&
            await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE state = 1 AND name LIKE 'piece%'") == 2);
        var done = await postgres.AskAsync<string>("SELECT string_agg(name || fence, ' ' ORDER BY name) FROM liveface_tasks WHERE state = 2 AND name LIKE 'piece%'");
        killed.Kill();
        foreach (var process in killed.Workers())
            Kill(process);
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE state = 1 AND name LIKE 'join%'") == 1);
        var joined = (await postgres.AskAsync<string>("SELECT string_agg(name || fence, ' ' ORDER BY name) FROM liveface_tasks WHERE state = 2 AND name LIKE 'piece%'")).Split(' ');
        done.Split(' ').ShouldBeSubsetOf(joined);

        (await server.Client.FollowAsync(id, "done"))[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(30);
        await ShouldBeHiddenAsync(server, id, film);
        Told("job-done").ShouldBe(1);
        await Eventually.IsAsync(() => store.Objects.All(name => !name.Contains($"{id}/f", StringComparison.Ordinal)));
        Sealed(store, film);
    }

    [Fact]
    public async Task A_worker_that_is_held_beyond_its_lease_loses_its_piece_and_changes_nothing_when_it_wakes_up()
    {
        await using var postgres = await PostgresServer.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", $"--Films:Folder={Films}"];
        await using var server = await ServeAsync(shared);
        await using var held = Work("held", shared);
        var film = await JobFilm.MakeAsync(10);
        var id = (await server.Client.UploadAsync(film)).Id();
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE state = 1 AND name LIKE 'segment%'") == 1);
        held.Hold();
        var fence = await postgres.AskAsync<long>("SELECT fence FROM liveface_tasks WHERE state = 1");
        await using var other = Work("other", shared);

        await server.Client.FollowAsync(id, "done");
        var result = await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel);
        held.LetGoOn();
        await Eventually.IsAsync(() => held.Said.Any(line => line.Contains("is another worker's by now", StringComparison.Ordinal)));

        fence.ShouldBeGreaterThan(0);
        await ShouldBeHiddenAsync(server, id, film);
        (await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel)).ShouldBe(result);
        Told("job-done").ShouldBe(1);
        await Eventually.IsAsync(() => !held.Workers().Any());
        Directory.GetFiles(Path.Combine(Films, id), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldNotContain(name => name!.StartsWith("segment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_server_and_database_are_killed_in_turn_and_the_film_is_done_once()
    {
        await using var postgres = await PostgresServer.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", $"--Films:Folder={Films}"];
        var film = await JobFilm.MakeAsync(20);
        string id;
        await using var lasting = Work("lasting", shared);
        await using (var first = await ServeAsync(shared))
        {
            await using var killed = Work("killed", shared);
            id = (await first.Client.UploadAsync(film)).Id();
            await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE state = 1 AND name LIKE 'segment%'") == 2);
            killed.Kill();
            first.Kill();
        }

        await postgres.KillAsync();
        await postgres.StartAgainAsync();
        await using var second = await ServeAsync(shared);
        var told = await second.Client.FollowAsync(id, "done");

        told[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(20);
        await ShouldBeHiddenAsync(second, id, film);
        Told("job-done").ShouldBe(1);
        Directory.GetFiles(Path.Combine(Films, id)).Count(file => Path.GetFileName(file).StartsWith("result-", StringComparison.Ordinal)).ShouldBe(1);
        Directory.GetDirectories(Path.Combine(Films, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_go_through_a_bucket_that_is_away_for_a_while_and_ten_jobs_at_once_are_each_done_once()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var store = await S3Server.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", $"--Films:EncryptionKey={_key}", .. store.Settings];
        await using var server = await ServeAsync([.. shared, $"--Films:Folder={Films}"]);
        await using var one = Work("one", [.. shared, $"--Films:Folder={Path.Combine(_root, "scratch-one")}"]);
        var film = await JobFilm.MakeAsync(10);
        var id = (await server.Client.UploadAsync(film)).Id();
        await Eventually.IsAsync(async () => await postgres.AskAsync<long>("SELECT count(*) FROM liveface_tasks WHERE state = 1 AND name LIKE 'segment%'") == 1);
        await store.KillAsync();
        await Eventually.IsAsync(() => one.Said.Any(line => line.Contains("tried again", StringComparison.Ordinal)));
        await store.StartAgainAsync();
        await server.Client.FollowAsync(id, "done");
        await ShouldBeHiddenAsync(server, id, film);
        Sealed(store, film);

        var many = new List<string>();
        var small = await JobFilm.MakeAsync(3);
        for (var i = 0; i < 9; i++)
            many.Add((await server.Client.UploadCoveredAsync(small)).Id());
        many.Add((await server.Client.UploadAsync([.. small.Take(700)])).Id());
        await using var two = Work("two", [.. shared, $"--Films:Folder={Path.Combine(_root, "scratch-two")}"]);
        foreach (var done in many[..^1])
            (await server.Client.FollowAsync(done, "done"))[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(3);
        await Eventually.IsAsync(async () => (await server.Client.JobAsync(many[^1])).State() == "failed");
        Told("job-done").ShouldBe(10);
        Told("job-failed").ShouldBe(1);

        foreach (var done in (string[])[id, .. many])
            await server.Client.DeleteAsync($"/api/jobs/{done}", Cancel);
        await Eventually.IsAsync(() => store.Objects.Length == 0);
        // A worker that was at it lets go of its copy when it next asks whether the work is still its own.
        await Eventually.IsAsync(() => Directory.GetFiles(_root, "source", SearchOption.AllDirectories).Length == 0);
    }

    [Fact]
    public async Task The_server_keeps_no_film_that_the_bucket_has_and_a_review_brings_it_back()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var store = await S3Server.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", .. store.Settings];
        await using var server = await ServeAsync([.. shared, $"--Films:Folder={Films}"]);
        await using var one = Work("one", [.. shared, $"--Films:Folder={Path.Combine(_root, "scratch-one")}"]);
        var film = await JobFilm.MakeAsync(6);
        var id = (await server.Client.UploadAsync(film, "&review=true")).Id();
        var source = Path.Combine(Films, id, "source");
        await server.Client.FollowAsync(id, "review");
        File.Exists(source).ShouldBeFalse();
        store.Objects.ShouldContain(name => name.Contains($"{id}/source", StringComparison.Ordinal));
        (await server.Client.GetStringAsync($"/api/jobs/{id}/tracks", Cancel)).ShouldContain("\"id\"");
        File.Exists(source).ShouldBeFalse("tracks need no picture");

        (await server.Client.GetByteArrayAsync($"/api/jobs/{id}/preview/2", Cancel)).Length.ShouldBeGreaterThan(1000);
        (await File.ReadAllBytesAsync(source, Cancel)).ShouldBe(film);
        (await server.Client.EditAsync(id, """{"box":{"model":0,"class":0,"picture":1,"box":[5,30,95,300]}}""")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        (await server.Client.PostAsync($"/api/jobs/{id}/render", null, Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        await server.Client.FollowAsync(id, "done");
        await ShouldBeHiddenAsync(server, id, film);

        await server.Client.DeleteAsync($"/api/jobs/{id}", Cancel);
        await Eventually.IsAsync(() => store.Objects.Length == 0);
        Directory.GetFiles(_root, "source", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_whose_disk_is_full_leaves_a_film_to_one_that_has_room()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var store = await S3Server.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", .. store.Settings, "--Films:Attempts=50"];
        await using var server = await ServeAsync([.. shared, $"--Films:Folder={Films}"]);
        var small = Path.Combine(_root, "small");
        await using var full = WorkProgram.StartWithDisk(small, 64, _root, [.. shared, $"--Films:Folder={small}", $"--Storage:Folder={Path.Combine(_root, "full")}"]);
        var film = await JobFilm.MakeAsync(5);
        var id = (await server.Client.UploadAsync(film)).Id();
        await Eventually.IsAsync(() => full.Said.Any(line => line.Contains("was not done", StringComparison.Ordinal)));
        (await server.Client.JobAsync(id)).State().ShouldBe("running");

        await using var roomy = Work("roomy", [.. shared, $"--Films:Folder={Path.Combine(_root, "scratch")}"]);
        await server.Client.FollowAsync(id, "done");
        await ShouldBeHiddenAsync(server, id, film);
        Told("job-done").ShouldBe(1);
    }

    [Fact]
    public async Task A_film_that_kills_its_workers_fails_with_a_sentence_and_the_jobs_of_before_come_along()
    {
        var film = await JobFilm.MakeAsync(3);
        string old;
        await using (var before = await ServerProgram.StartAsync(Path.Combine(_root, "data"), _root, $"--Films:Folder={Films}"))
        {
            old = (await before.Client.UploadCoveredAsync(film)).Id();
            await before.Client.FollowAsync(old, "done");
        }

        await using var postgres = await PostgresServer.StartAsync();
        string[] shared = [$"--Films:Database={postgres.Connection}", $"--Films:Folder={Films}", "--Films:Attempts=2"];
        await using var server = await ServeAsync(shared);
        (await server.Client.JobAsync(old)).State().ShouldBe("done");
        (await server.Client.GetByteArrayAsync($"/api/jobs/{old}/result", Cancel)).Length.ShouldBeGreaterThan(1000);

        await using var worker = Work("worker", shared);
        var id = (await server.Client.UploadAsync(await JobFilm.MakeAsync(40))).Id();
        await Eventually.IsAsync(async () =>
        {
            foreach (var process in worker.Workers())
                Kill(process);
            return (await server.Client.JobAsync(id)).State() == "failed";
        });
        (await server.Client.JobAsync(id)).GetProperty("problem").GetString()!.ShouldContain("2 times");
        await server.Client.FollowAsync((await server.Client.UploadCoveredAsync(film)).Id(), "done");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Kill(int process)
    {
        try
        {
            using var running = System.Diagnostics.Process.GetProcessById(process);
            running.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    private static async Task ShouldBeHiddenAsync(ServerProgram server, string id, byte[] film) =>
        (await JobFilm.FacesShownAsync(film, await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);

    private void Sealed(S3Server store, byte[] film)
    {
        store.Objects.ShouldNotBeEmpty();
        DiskWatch.Find([store.Folder, _root], [film[(film.Length / 2)..(film.Length / 2 + 48)], Encoding.UTF8.GetBytes("liveface/boxes")]).ShouldBeEmpty();
    }

    private Task<ServerProgram> ServeAsync(string[] shared) =>
        ServerProgram.StartAsync(Path.Combine(_root, "data"), _root, ["--Films:Workers=0", "--Films:LeaseSeconds=3", .. shared]);

    private WorkProgram Work(string name, string[] shared) => WorkProgram.Start(_root, [$"--Storage:Folder={Path.Combine(_root, name)}", .. shared]);

    private int Told(string what) => File.ReadLines(Path.Combine(_root, "data", AuditLog.FileName)).Count(line => line.Contains($"\"{what}\"", StringComparison.Ordinal));
}
