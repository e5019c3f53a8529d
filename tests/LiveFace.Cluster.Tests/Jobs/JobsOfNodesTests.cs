using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Cluster.Tests.Nodes;

namespace LiveFace.Cluster.Tests.Jobs;

/// <summary>A job that one node has, asked for at another.</summary>
public sealed class JobsOfNodesTests
{
    private const string Worker = "--Films:Workers=1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_watched_reviewed_written_read_and_deleted_at_another_node_than_its_own()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection, Worker);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        await using var page = await HubListener.ConnectAsync(b);
        (await page.WatchJobsAsync()).ShouldBeEmpty();
        var id = await a.UploadAsync(await NodeJobs.FilmAsync(10), more: "&review=true");
        id.ShouldStartWith("a~");

        (await b.FollowAsync(id, "review")).ShouldContain("running");
        await Eventually.IsAsync(() => page.Told("job").Any(job => job.GetProperty("id").GetString() == id && job.GetProperty("state").GetString() == "review"));
        (await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/tracks").ReadAsync()).GetArrayLength().ShouldBeGreaterThanOrEqualTo(0);
        (await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/edits").ReadAsync()).GetProperty("kinds").GetArrayLength().ShouldBeGreaterThan(0);
        using var edited = await b.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/edits", body: new StringContent("""{"cover":{"from":2,"to":4}}""", Encoding.UTF8, "application/json"));
        edited.StatusCode.ShouldBe(HttpStatusCode.Created, await edited.Content.ReadAsStringAsync(Cancel));
        using var picture = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/pictures/3?width=64");
        (picture.StatusCode, picture.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "image/jpeg"));
        using var boxes = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/boxes");
        boxes.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var rendered = await b.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/render");
        rendered.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await b.FollowAsync(id, "done");
        var (whole, part) = (await BytesAsync(a, id), await BytesAsync(b, id, (10, 29)));
        (await BytesAsync(b, id)).ShouldBe(whole);
        part.ShouldBe(whole[10..30]);
        var report = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/report").ReadAsync();
        report.GetRawText().ShouldContain(Convert.ToHexStringLower(SHA256.HashData(whole)));
        using var pdf = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/report", headers: ("Accept", "application/pdf"));
        (pdf.Content.Headers.ContentType!.MediaType, pdf.Content.Headers.ContentDisposition!.FileName).ShouldBe(("application/pdf", "talk.report.pdf"));

        using var deleted = await b.AskAsync(HttpMethod.Delete, $"/api/jobs/{id}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.IsAsync(() => page.Told("jobGone").Any(gone => gone.GetProperty("id").GetString() == id));
        foreach (var node in (NodeProcess[])[a, b])
        {
            using var gone = await node.AskAsync(HttpMethod.Get, $"/api/jobs/{id}");
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Pieces_of_an_upload_go_through_either_node_and_a_large_one_is_nowhere_kept_on_the_way()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        const int Piece = 200 << 20;
        var id = await a.AnnounceAsync((long)Piece + 1000);
        using (var first = await a.PieceAsync(id, 0, new ByteArrayContent(new byte[500])))
            first.Headers.GetValues("Upload-Offset").ShouldBe(["500"]);
        using (var wrong = await b.PieceAsync(id, 400, new ByteArrayContent(new byte[500])))
            (wrong.StatusCode, (await wrong.Content.ReadAsStringAsync(Cancel)).Contains("500 bytes have come", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Conflict, true));

        var before = b.PeakMemory();
        using (var large = await b.PieceAsync(id, 500, new StreamContent(new Zeros(Piece))))
            (large.StatusCode, await large.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.NoContent, ""));
        (b.PeakMemory() - before).ShouldBeLessThan(Piece / 2);
        using (var state = await b.AskAsync(HttpMethod.Head, $"/api/jobs/{id}/upload"))
            (state.StatusCode, state.Headers.GetValues("Upload-Offset").Single()).ShouldBe((HttpStatusCode.OK, $"{Piece + 500}"));

        // The last piece makes it whole, and its job waits: paused, gone on with and listed wherever it is asked.
        using (var last = await b.PieceAsync(id, Piece + 500, new ByteArrayContent(new byte[500])))
            last.Headers.GetValues("Upload-Offset").ShouldBe([$"{Piece + 1000}"]);
        (await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}").ReadAsync()).GetProperty("state").GetString().ShouldBe("queued");
        (await b.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/pause").ReadAsync()).GetProperty("state").GetString().ShouldBe("paused");
        using (var twice = await b.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/pause"))
            twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await b.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/resume").ReadAsync()).GetProperty("state").GetString().ShouldBe("queued");
        var other = await b.AnnounceAsync(10);
        other.ShouldStartWith("b~");
        foreach (var node in (NodeProcess[])[a, b])
            Ids(await node.AskAsync(HttpMethod.Get, "/api/jobs").ReadAsync()).ShouldBe([id, other]);
    }

    [Fact]
    public async Task A_job_whose_node_is_away_is_503_with_a_sentence_and_there_again_with_it()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        var id = await a.AnnounceAsync(10);
        using var events = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/events");
        await a.KillAsync();
        using (var away = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}"))
            (away.StatusCode, (await away.Content.ReadAsStringAsync(Cancel)).Contains("node 'a', which is away now", StringComparison.Ordinal))
                .ShouldBe((HttpStatusCode.ServiceUnavailable, true));

        // Until its lease is over it is known as one that does not answer.
        using (var list = await b.AskAsync(HttpMethod.Get, "/api/jobs"))
            list.Headers.GetValues("LiveFace-Silent").ShouldBe(["a"]);
        await Should.ThrowAsync<Exception>(async () => await (await events.Content.ReadAsStreamAsync(Cancel)).CopyToAsync(Stream.Null, Cancel));
        await a.StartAgainAsync();
        (await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id}").ReadAsync()).GetProperty("state").GetString().ShouldBe("uploading");
        using var never = await b.AskAsync(HttpMethod.Get, $"/api/jobs/{id["a~".Length..]}");
        never.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string[] Ids(JsonElement jobs) => [.. jobs.EnumerateArray().Select(job => job.GetProperty("id").GetString()!)];

    private static async Task<byte[]> BytesAsync(NodeProcess node, string id, (long From, long To)? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/result");
        if (range is { } part)
            request.Headers.Range = new RangeHeaderValue(part.From, part.To);
        using var answer = await node.Client.SendAsync(request, Cancel);
        answer.StatusCode.ShouldBe(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("talk.redacted.mp4");
        if (range is { } asked)
            answer.Content.Headers.ContentRange!.From.ShouldBe(asked.From);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        answer.Content.Headers.ContentLength.ShouldBe(bytes.Length);
        return bytes;
    }

    /// <summary>As many bytes, made when they are read.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var some = (int)Math.Min(count, length - _read);
            Array.Clear(buffer, offset, some);
            _read += some;
            return some;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
