using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LiveFace.Storage;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Corrections;

/// <summary>Sends corrections, and looks at what the server has of them on its disk.</summary>
internal static class CorrectionRig
{
    /// <summary>A face that was found, one that was missed, and a find of nothing.</summary>
    public const string Order = """
        {"keepDays":90,
         "finds":[{"model":"faces","class":"face","score":0.93,"box":{"x":0.35,"y":0.15,"width":0.19,"height":0.21},"said":"right"},
                  {"model":"faces","class":"face","score":0.51,"box":{"x":0.7,"y":0.2,"width":0.1,"height":0.1},"said":"wrong"}],
         "drawn":[{"class":"licence plate","box":{"x":0.1,"y":0.8,"width":0.2,"height":0.1}}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string order = Order, byte[]? picture = null, string type = "image/png")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(order, Encoding.UTF8, "application/json"), "correction" },
            { new ByteArrayContent(picture ?? await File.ReadAllBytesAsync(Portrait.Path, Cancel)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, "picture", "me" },
        };
        return await client.PostAsync("/api/corrections", form, Cancel);
    }

    /// <summary>Sends one that is taken; gives its id and its secret.</summary>
    public static async Task<(string Id, string Secret)> KeepAsync(HttpClient client, string order = Order, byte[]? picture = null)
    {
        using var answer = await SendAsync(client, order, picture);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        var receipt = await answer.JsonAsync();
        return (receipt.GetProperty("id").GetString()!, receipt.GetProperty("withdraw").GetString()!.Split('#')[1]);
    }

    public static Task<HttpResponseMessage> WithdrawAsync(HttpClient client, string secret) =>
        client.PostAsync("/api/corrections/withdraw", new StringContent(JsonSerializer.Serialize(new { secret }), Encoding.UTF8, "application/json"), Cancel);

    public static Task<HttpResponseMessage> DecideAsync(HttpClient client, string id, string state) =>
        client.PutAsync($"/api/corrections/{id}/state", new StringContent(JsonSerializer.Serialize(new { state }), Encoding.UTF8, "application/json"), Cancel);

    public static string Folder(this RunningServer server) => server.Services.GetRequiredService<Database>().Folder;

    /// <summary>The files of pictures.</summary>
    public static string[] Pictures(this RunningServer server) => Directory.GetFiles(Path.Combine(server.Folder(), "corrections"));

    public static int Rows(this RunningServer server, string table = "corrections") =>
        server.Services.GetRequiredService<Database>().Query($"SELECT COUNT(*) FROM {table}", row => row.GetInt32(0))[0];

    /// <summary>Whether a text is anywhere in the database's files, in rows that were deleted too.</summary>
    public static bool DatabaseHolds(this RunningServer server, string text) =>
        Directory.GetFiles(server.Folder(), "liveface.db*").Any(file => Holds(file, Encoding.UTF8.GetBytes(text)));

    /// <summary>What was done with corrections, in order.</summary>
    public static string[] Audit(this RunningServer server) =>
        [.. AuditLines(server).Select(line => line.GetProperty("what").GetString()!).Where(what => what.StartsWith("correction-", StringComparison.Ordinal))];

    public static IEnumerable<JsonElement> AuditLines(this RunningServer server) => File.Exists(Path.Combine(server.Folder(), AuditLog.FileName))
        ? File.ReadLines(Path.Combine(server.Folder(), AuditLog.FileName)).Select(line => JsonDocument.Parse(line).RootElement).ToList()
        : [];

    private static bool Holds(string file, byte[] text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray().AsSpan().IndexOf(text) >= 0;
    }
}
