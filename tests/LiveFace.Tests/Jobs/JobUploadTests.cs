using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Access;
using LiveFace.Features.Jobs.State;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

/// <summary>How a job's file comes: whole, in pieces, or not at all.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class JobUploadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_announced_comes_in_pieces_over_a_restart_and_is_queued_when_it_is_whole()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var film = await JobFilm.MakeAsync(2);
        var first = await RunningServer.StartInAsync(folder);
        var id = (await first.Client.AnnounceAsync(film.Length)).Id();
        (await AddAsync(first.Client, id, 0, film[..1000])).ShouldBe((HttpStatusCode.NoContent, 1000));
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder);
        (await second.Client.JobAsync(id)).GetProperty("received").GetInt64().ShouldBe(1000);
        await (await second.Client.PatchAsync(id, 999, film[999..])).ShouldBeProblemAsync(HttpStatusCode.Conflict, "upload-offset");
        using var head = await second.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/api/jobs/{id}/upload"), Cancel);
        (Header(head, "Upload-Offset"), Header(head, "Upload-Length")).ShouldBe((1000, film.Length));
        await (await second.Client.PatchAsync(id, 1000, [.. film[1000..], 1])).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        var came = (await second.Client.JobAsync(id)).GetProperty("received").GetInt32();
        (await AddAsync(second.Client, id, came, film[came..])).ShouldBe((HttpStatusCode.NoContent, film.Length));

        (await second.Client.JobAsync(id)).State().ShouldBe("queued");
        (await File.ReadAllBytesAsync(second.Services.GetRequiredService<JobFiles>().Of(id).Source, Cancel)).ShouldBe(film);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_file_that_is_sent_by_many_at_once_is_queued_and_told_of_once(string isSealed)
    {
        var key = isSealed == "true" ? Convert.ToBase64String(new byte[32]) : null;
        await using var server = await RunningServer.StartAsync(key is null ? [] : [$"--Storage:EncryptionKey={key}"]);
        var film = await JobFilm.MakeAsync(2);
        for (var round = 0; round < 5; round++)
        {
            var id = (await server.Client.AnnounceAsync(film.Length)).Id();
            (await AddAsync(server.Client, id, 0, film[..^9])).ShouldBe((HttpStatusCode.NoContent, film.Length - 9));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await server.Client.PatchAsync(id, film.Length - 9, film[^9..])).StatusCode.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.Conflict)));
            var folder = server.Services.GetRequiredService<JobFiles>().Of(id);
            await using var source = folder.Vault.OpenRead(folder.Source);
            using var whole = new MemoryStream();
            await source.CopyToAsync(whole, Cancel);
            whole.ToArray().ShouldBe(film);
            File.ReadLines(Path.Combine(server.Services.GetRequiredService<LiveFace.Storage.Database>().Folder, "audit.jsonl"))
                .Count(line => line.Contains("job-uploaded", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal)).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task While_a_piece_is_on_its_way_another_is_refused_and_a_database_that_was_full_at_the_end_tells_of_the_file_once(string isSealed)
    {
        await using var server = await RunningServer.StartAsync(isSealed == "true" ? [$"--Storage:EncryptionKey={Convert.ToBase64String(new byte[32])}"] : []);
        var database = server.Services.GetRequiredService<LiveFace.Storage.Database>();
        var film = await JobFilm.MakeAsync(2);
        var id = (await server.Client.AnnounceAsync(film.Length)).Id();
        var slow = new SlowContent(film);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/jobs/{id}/upload") { Content = slow, Headers = { { "Upload-Offset", "0" } } };
        var sending = server.Client.SendAsync(request, Cancel);
        await slow.Began;
        // An empty piece changes nothing where it comes before the other.
        await Eventually.IsAsync(async () => (await server.Client.PatchAsync(id, 0, [])).StatusCode == HttpStatusCode.Conflict);
        database.Execute("PRAGMA query_only=ON");
        slow.GoOn();
        (await sending).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        database.Execute("PRAGMA query_only=OFF");

        (await server.Client.JobAsync(id)).State().ShouldBe("uploading");
        (await AddAsync(server.Client, id, film.Length, [])).ShouldBe((HttpStatusCode.NoContent, film.Length));

        (await server.Client.JobAsync(id)).State().ShouldBe("queued");
        File.ReadLines(Path.Combine(database.Folder, "audit.jsonl")).Count(line => line.Contains("job-uploaded", StringComparison.Ordinal)).ShouldBe(1);
        var folder = server.Services.GetRequiredService<JobFiles>().Of(id);
        await using var source = folder.Vault.OpenRead(folder.Source);
        using var whole = new MemoryStream();
        await source.CopyToAsync(whole, Cancel);
        whole.ToArray().ShouldBe(film);
    }

    [Fact]
    public async Task What_is_too_large_too_much_or_nothing_leaves_no_job_and_no_file()
    {
        await using var server = await RunningServer.StartLockedAsync("--Films:MaximumMegabytes=1", "--Quotas:JobsPerKey=2");
        using var client = server.ClientWith(server.MakeKey(Roles.Publish));
        // What is refused unread is not sent either.
        client.DefaultRequestHeaders.ExpectContinue = true;
        await (await client.PostAsync("/api/jobs", JobClient.Body(new byte[(1 << 20) + 1]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await (await client.PostAsync("/api/jobs", JobClient.Body([]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        foreach (var query in (string[])["?preset=none", "?preset=blur-faces&room=a", "?name=%00", "?policy={}x"])
            (await client.PostAsync($"/api/jobs{query}", JobClient.Body([1]), Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
        (await client.GetFromJsonAsync<JsonElement>("/api/jobs", Cancel)).GetArrayLength().ShouldBe(0);
        Directory.GetFileSystemEntries(server.Services.GetRequiredService<JobFiles>().Folder).ShouldBeEmpty();

        await client.UploadAsync([1]);
        await client.UploadAsync([1]);
        await (await client.PostAsync(JobFilm.Query(), JobClient.Body([1]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
    }

    [Fact]
    public async Task A_disk_that_is_full_by_what_jobs_hold_takes_no_more_and_loses_none()
    {
        await using var server = await RunningServer.StartAsync("--Films:TotalMegabytes=1");
        server.Client.DefaultRequestHeaders.ExpectContinue = true;
        var kept = (await server.Client.UploadAsync(new byte[700 << 10])).Id();
        await (await server.Client.PostAsync(JobFilm.Query(), JobClient.Body(new byte[400 << 10]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        // Nobody said how much this would be.
        using var endless = new StreamContent(new MemoryStream(new byte[400 << 10]));
        using var request = new HttpRequestMessage(HttpMethod.Post, JobFilm.Query()) { Content = endless, Headers = { TransferEncodingChunked = true } };
        await ShouldFailAsync(server.Client.SendAsync(request, Cancel));
        (await server.Client.GetFromJsonAsync<JsonElement>("/api/jobs", Cancel)).EnumerateArray().Select(job => job.Id()).ShouldBe([kept]);
        await server.Client.DeleteAsync($"/api/jobs/{kept}", Cancel);
        await server.Client.UploadAsync(new byte[400 << 10]);
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_makes_no_job_and_leaves_no_file()
    {
        await using var server = await RunningServer.StartAsync();
        var database = server.Services.GetRequiredService<LiveFace.Storage.Database>();
        database.Execute("PRAGMA query_only=ON");
        await (await server.Client.PostAsync(JobFilm.Query(), JobClient.Body([1]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        database.Execute("PRAGMA query_only=OFF");
        (await server.Client.GetFromJsonAsync<JsonElement>("/api/jobs", Cancel)).GetArrayLength().ShouldBe(0);
        Directory.GetFileSystemEntries(server.Services.GetRequiredService<JobFiles>().Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_its_owner_may_enter_where_a_film_lies()
    {
        await using var server = await RunningServer.StartAsync();
        var id = (await server.Client.UploadAsync([1, 2, 3])).Id();
        var files = server.Services.GetRequiredService<JobFiles>();
        foreach (var folder in (string[])[files.Folder, files.Of(id).Path])
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(files.Of(id).Source).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Whoever sends on hears of the refusal, or that the connection is closed.</summary>
    private static async Task ShouldFailAsync(Task<HttpResponseMessage> sent)
    {
        try
        {
            (await sent).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException)
        {
            // It was refused in the middle of what it sent.
        }
    }

    private static async Task<(HttpStatusCode, long)> AddAsync(HttpClient client, string id, long offset, byte[] piece)
    {
        using var answer = await client.PatchAsync(id, offset, piece);
        return (answer.StatusCode, Header(answer, "Upload-Offset"));
    }

    private static long Header(HttpResponseMessage answer, string name) => long.Parse(answer.Headers.GetValues(name).Single(), CultureInfo.InvariantCulture);

    /// <summary>A body of which the first half comes, and the rest when it is told.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously), _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowContent(byte[] bytes)
        {
            _bytes = bytes;
            Headers.ContentType = new("application/offset+octet-stream");
        }

        public Task Began => _began.Task;

        public void GoOn() => _goOn.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, _bytes.Length / 2));
            await stream.FlushAsync();
            _began.SetResult();
            await _goOn.Task;
            await stream.WriteAsync(_bytes.AsMemory(_bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
