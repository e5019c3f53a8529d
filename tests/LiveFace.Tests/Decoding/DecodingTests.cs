using System.Net;
using System.Net.Http.Headers;
using LiveFace.Features.Decoding;
using LiveFace.Media.Sandbox;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Decoding;

/// <summary>What strangers send is decoded by the server's workers, and the server says so.</summary>
public sealed class DecodingTests
{
    private static readonly byte[] Star = TestPng.Of(32, 24, 0x20C040FF);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sticker_is_read_in_a_worker()
    {
        await using var server = await RunningServer.StartAsync("--Media:Sandbox=required");
        (await PutAsync(server, Star)).StatusCode.ShouldBe(HttpStatusCode.Created);
        server.Services.GetRequiredService<DecoderSandbox>().CountOf(WorkerEnd.Finished).ShouldBe(1);
        await (await PutAsync(server, Star[..60])).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        server.Services.GetRequiredService<DecoderSandbox>().CountOf(WorkerEnd.Finished).ShouldBe(2);
        var metrics = await server.Client.GetStringAsync("/metrics", Cancel);
        metrics.ShouldContain("liveface_decoders_ended_total{how=\"Finished\"} 2");
    }

    [Fact]
    public async Task Readiness_tells_whether_decoders_are_confined()
    {
        await using var off = await RunningServer.StartAsync("--Media:Sandbox=off");
        var check = await CheckAsync(off);
        check.GetProperty("note").GetString().ShouldNotBeNull().ShouldContain("Media:Sandbox is off");

        await using var confined = await RunningServer.StartAsync("--Media:Sandbox=required");
        (await PutAsync(confined, Star)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await CheckAsync(confined)).TryGetProperty("note", out var note).ShouldBe(note.ValueKind is System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Readiness_tells_whether_ffmpeg_is_confined()
    {
        await using var off = await RunningServer.StartAsync("--Media:Sandbox=off");
        (await CheckAsync(off, "ffmpeg")).GetProperty("note").GetString().ShouldNotBeNull().ShouldContain("every file");

        await using var confined = await RunningServer.StartAsync("--Media:Sandbox=required");
        await Eventually.IsAsync(() => Task.FromResult(confined.Services.GetRequiredService<FilmTools>().Version is not null));
        (await CheckAsync(confined, "ffmpeg")).GetProperty("note").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private static async Task<System.Text.Json.JsonElement> CheckAsync(RunningServer server, string name = "decoders")
    {
        var ready = await (await server.Client.GetAsync("/health/ready", Cancel)).JsonAsync();
        ready.GetProperty("status").GetString().ShouldBe("ready");
        return ready.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
    }

    private static async Task<HttpResponseMessage> PutAsync(RunningServer server, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return await server.Client.PutAsync("/api/stickers/star", content, Cancel);
    }
}
