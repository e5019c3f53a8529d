using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using LiveFace.Cluster.Tests.Nodes;

namespace LiveFace.Cluster.Tests.Jobs;

/// <summary>What somebody with a key asks of jobs at a node.</summary>
internal static class NodeJobs
{
    /// <summary>One model alone, so that a film takes seconds.</summary>
    public const string Policy = """{"rules":[{"when":{"model":"ultraface","classes":"all"},"where":"box","how":{"effect":"solid"}}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<byte[]> FilmAsync(int pictures)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");
        try
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
            [
                "-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=5", "-frames:v", $"{pictures}", "-pix_fmt", "yuv420p", "-c:v", "libx264", path,
            ]))!;
            await ffmpeg.WaitForExitAsync(Cancel);
            ffmpeg.ExitCode.ShouldBe(0);
            return await File.ReadAllBytesAsync(path, Cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static async Task<HttpResponseMessage> AskAsync(
        this NodeProcess node, HttpMethod method, string path, string? key = null, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    public static async Task<JsonElement> ReadAsync(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task<string> UploadAsync(this NodeProcess node, byte[] film, string? key = null, string more = "") => (await node.AskAsync(
        HttpMethod.Post, $"/api/jobs?policy={Uri.EscapeDataString(Policy)}&name=talk.mp4{more}", key, new ByteArrayContent(film)).ReadAsync()).GetProperty("id").GetString()!;

    /// <summary>A job that waits for a file of so many bytes.</summary>
    public static async Task<string> AnnounceAsync(this NodeProcess node, long bytes, string? key = null) => (await node.AskAsync(
        HttpMethod.Post, "/api/jobs?preset=cover-everything", key, null, ("Upload-Length", bytes.ToString(CultureInfo.InvariantCulture))).ReadAsync()).GetProperty("id").GetString()!;

    public static Task<HttpResponseMessage> PieceAsync(this NodeProcess node, string id, long offset, HttpContent piece, string? key = null)
    {
        piece.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return node.AskAsync(HttpMethod.Patch, $"/api/jobs/{id}/upload", key, piece, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads a job's events until it is in a state; gives all states that were told.</summary>
    public static async Task<List<string>> FollowAsync(this NodeProcess node, string id, string state, string? key = null)
    {
        using var answer = await node.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/events", key);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        var told = new List<string>();
        while (await lines.ReadLineAsync(Cancel) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
                continue;
            var job = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            told.Add(job.GetProperty("state").GetString()!);
            if (told[^1] == state)
                return told;
            told[^1].ShouldNotBe("failed", line);
        }

        throw new InvalidOperationException($"The events ended behind {string.Join(", ", told)}.");
    }
}
