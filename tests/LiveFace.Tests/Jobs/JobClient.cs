using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LiveFace.Tests.Jobs;

/// <summary>What a program does with jobs, over HTTP.</summary>
internal static class JobClient
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<JsonElement> UploadAsync(this HttpClient client, byte[] film, string more = "") => client.PostFilmAsync(JobFilm.Query(more), film);

    /// <summary>A job that takes no look: everything is covered.</summary>
    public static Task<JsonElement> UploadCoveredAsync(this HttpClient client, byte[] film) => client.PostFilmAsync("/api/jobs?preset=cover-everything", film);

    private static async Task<JsonElement> PostFilmAsync(this HttpClient client, string path, byte[] film)
    {
        using var answer = await client.PostAsync(path, Body(film), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    public static ByteArrayContent Body(byte[] film, string type = "video/mp4") => new(film) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static string Id(this JsonElement job) => job.GetProperty("id").GetString()!;

    public static string State(this JsonElement job) => job.GetProperty("state").GetString()!;

    public static Task<JsonElement> JobAsync(this HttpClient client, string id) => client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}", Cancel);

    /// <summary>Reads a job's events until it is in a state, and gives what was told on the way.</summary>
    public static async Task<List<JsonElement>> FollowAsync(this HttpClient client, string id, string state)
    {
        var told = new List<JsonElement>();
        using var stream = new StreamReader(await client.GetStreamAsync($"/api/jobs/{id}/events", Cancel));
        while (await stream.ReadLineAsync(Cancel) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
                continue;
            told.Add(JsonDocument.Parse(line["data: ".Length..]).RootElement);
            if (told[^1].State() == state)
                return told;
            told[^1].State().ShouldNotBe("failed", told[^1].GetRawText());
        }

        throw new InvalidOperationException($"The events ended: {(told.Count > 0 ? told[^1].GetRawText() : "none")}");
    }

    public static Task<HttpResponseMessage> EditAsync(this HttpClient client, string id, string edit) =>
        client.PostAsync($"/api/jobs/{id}/edits", new StringContent(edit, Encoding.UTF8, "application/json"), Cancel);

    /// <summary>A job that waits for a file of so many bytes.</summary>
    public static async Task<JsonElement> AnnounceAsync(this HttpClient client, long bytes, string more = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, JobFilm.Query(more)) { Headers = { { "Upload-Length", bytes.ToString(CultureInfo.InvariantCulture) } } };
        using var answer = await client.SendAsync(request, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldEndWith("/upload");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    /// <summary>Sends a piece of it.</summary>
    public static async Task<HttpResponseMessage> PatchAsync(this HttpClient client, string id, long offset, byte[] piece)
    {
        using var content = new ByteArrayContent(piece) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/jobs/{id}/upload")
        {
            Content = content, Headers = { { "Upload-Offset", offset.ToString(CultureInfo.InvariantCulture) } },
        };
        return await client.SendAsync(request, Cancel);
    }
}
