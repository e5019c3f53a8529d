using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Jobs;

/// <summary>With a key, nothing of a film lies on a disk as it is, at no time and however the server ends.</summary>
public sealed class SealedJobTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("liveface-sealed-").FullName;
    private readonly string _temporary = Directory.CreateTempSubdirectory("liveface-tmp-").FullName;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_is_uploaded_in_pieces_reviewed_written_and_handed_out_and_the_disk_never_shows_it()
    {
        var film = await JobFilm.MakeAsync(10);
        await using var server = await ServerProgram.StartAsync(_data, _temporary, $"--Films:EncryptionKey={_key}");
        await using var watch = new DiskWatch([_data, _temporary, "/dev/shm"], [.. Plain(film)]);
        var id = (await server.Client.AnnounceAsync(film.Length, "&review=true")).Id();
        (await server.Client.PatchAsync(id, 0, film[..100_000])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.Client.JobAsync(id)).GetProperty("received").GetInt64().ShouldBe(100_000);
        (await server.Client.PatchAsync(id, 100_000, film[100_000..])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await server.Client.FollowAsync(id, "review");

        var boxes = await server.Client.GetStringAsync($"/api/jobs/{id}/boxes", Cancel);
        boxes.ShouldStartWith("{\"schema\":\"liveface/boxes\"");
        (await server.Client.EditAsync(id, """{"cover":{"from":0,"to":0.3}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.EditAsync(id, """{"cover":{"from":1,"to":1.3}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client.GetByteArrayAsync($"/api/jobs/{id}/preview/4", Cancel)).AsSpan(0, 2).ToArray().ShouldBe([0xFF, 0xD8]);
        (await server.Client.PostAsync($"/api/jobs/{id}/render", null, Cancel)).EnsureSuccessStatusCode();
        await server.Client.FollowAsync(id, "done");
        var result = await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel);

        (await JobFilm.FacesShownAsync(film, result)).ShouldAllBe(shown => shown < Likeness.Shown);
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/result") { Headers = { Range = new(70_000, 70_099) } };
        using var answer = await server.Client.SendAsync(part, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(result[70_000..70_100]);
        (await server.Client.GetStringAsync($"/api/jobs/{id}/report", Cancel)).ShouldContain("liveface/report");
        DiskWatch.Find([_data, _temporary, "/dev/shm"], [.. Plain(film), .. Plain(result)]).ShouldBeEmpty();
        (await watch.EndAsync()).ShouldBeEmpty();
        watch.Looks.ShouldBeGreaterThan(5);
        Directory.GetFiles(Path.Combine(_data, "films", id)).ShouldContain(file => Path.GetFileName(file) == "result-2.mp4");
    }

    [Fact]
    public async Task A_server_that_is_killed_leaves_nothing_that_can_be_read_and_the_next_one_ends_the_film()
    {
        var film = await JobFilm.MakeAsync(15);
        string id;
        await using (var first = await ServerProgram.StartAsync(_data, _temporary, $"--Storage:EncryptionKey={_key}"))
        {
            id = (await first.Client.UploadAsync(film)).Id();
            await Eventually.IsAsync(() => File.Exists(Path.Combine(_data, "films", id, "segment-000000.json")));
            first.Kill();
        }

        DiskWatch.Find([_data, _temporary, "/dev/shm"], [.. Plain(film)]).ShouldBeEmpty();
        await using var second = await ServerProgram.StartAsync(_data, _temporary, $"--Storage:EncryptionKey={_key}");
        await second.Client.FollowAsync(id, "done");
        (await JobFilm.FacesShownAsync(film, await second.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel))).ShouldAllBe(shown => shown < Likeness.Shown);
    }

    [Theory]
    [InlineData(60_000, "changed on the disk")]
    [InlineData(-1, "changed on the disk")]
    [InlineData(0, "not encrypted")]
    public async Task A_film_that_was_changed_on_the_disk_fails_with_a_sentence_and_nothing_of_it_is_written(int at, string says)
    {
        await using var server = await RunningServer.StartAsync($"--Films:EncryptionKey={_key}", "--Films:Workers=1", "--Media:Sandbox=preferred");
        var folder = server.Services.GetFilms();
        var film = await JobFilm.MakeAsync(15);
        film.Length.ShouldBeGreaterThan(100_000);
        var id = (await server.Client.AnnounceAsync(film.Length)).Id();
        (await server.Client.PatchAsync(id, 0, film[..^1])).EnsureSuccessStatusCode();
        var source = Path.Combine(folder, id, "source");
        (await server.Client.PostAsync($"/api/jobs/{id}/pause", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var worker = new FileStream(Path.Combine(folder, id, "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            (await server.Client.PatchAsync(id, film.Length - 1, film[^1..])).EnsureSuccessStatusCode();
            var bytes = await File.ReadAllBytesAsync(source, Cancel);
            bytes[at < 0 ? ^1 : at] ^= 1;
            await File.WriteAllBytesAsync(source, bytes, Cancel);
        }

        await Eventually.IsAsync(async () => (await server.Client.JobAsync(id)).State() == "failed");

        var problem = (await server.Client.JobAsync(id)).GetProperty("problem").GetString()!;
        problem.ShouldContain(says);
        problem.ShouldNotContain(folder);
        Directory.GetFiles(Path.Combine(folder, id)).Select(Path.GetFileName).ShouldBe(["lock", "source"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_lay_there_before_the_key_is_encrypted_at_the_start_and_another_key_or_none_is_refused()
    {
        var film = await JobFilm.MakeAsync(3);
        string id;
        await using (var plain = await ServerProgram.StartAsync(_data, _temporary))
        {
            id = (await plain.Client.UploadCoveredAsync(film)).Id();
            await plain.Client.FollowAsync(id, "done");
        }

        DiskWatch.Find([_data], [.. Plain(film)]).ShouldNotBeEmpty();
        await using (var server = await ServerProgram.StartAsync(_data, _temporary, $"--Films:EncryptionKey={_key}"))
        {
            DiskWatch.Find([_data], [.. Plain(film)]).ShouldBeEmpty();
            (await server.Client.GetByteArrayAsync($"/api/jobs/{id}/result", Cancel)).Length.ShouldBeGreaterThan(1000);
        }

        foreach (var other in (string[])[Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), ""])
            (await Should.ThrowAsync<OptionsValidationException>(async () =>
            {
                await using var server = await RunningServer.StartInAsync(_data, other.Length > 0 ? [$"--Films:EncryptionKey={other}"] : []);
            })).Failures.ShouldHaveSingleItem().ShouldStartWith("Films:EncryptionKey:");
    }

    [Fact]
    public async Task A_film_beyond_the_memory_for_it_is_refused_before_it_comes()
    {
        await using var server = await RunningServer.StartAsync($"--Films:EncryptionKey={_key}", "--Films:MemoryMegabytes=1");
        using var request = new HttpRequestMessage(HttpMethod.Post, JobFilm.Query()) { Headers = { { "Upload-Length", $"{(1 << 20) + 1}" } } };
        await (await server.Client.SendAsync(request, Cancel)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    public void Dispose()
    {
        foreach (var folder in (string[])[_data, _temporary])
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
    }

    /// <summary>Pieces of a film, and how files about films begin.</summary>
    private static IEnumerable<byte[]> Plain(byte[] film) =>
    [
        film[..24], film[(film.Length / 3)..(film.Length / 3 + 48)], film[(film.Length / 2)..(film.Length / 2 + 48)], film[^48..],
        Encoding.UTF8.GetBytes("\"schema\":\"liveface/boxes\""), Encoding.UTF8.GetBytes("liveface/edits"), Encoding.UTF8.GetBytes("inputSha256"),
    ];
}
