using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using LiveFace.Films.Looks;
using LiveFace.Hosting;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Benchmarks;

/// <summary>
/// What a picture costs over HTTP beside the bare look: `-- detect-cost PICTURE [pictures [look]]`. A whole server in this process, with
/// its decoder in a confined worker; the same detectors look at the same decoded picture, in turns with the requests.
/// </summary>
internal static class DetectCost
{
    private const int WarmUp = 5;

    public static async Task<int> RunAsync(string picture, int pictures, string? only)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-bench-");
        await using var app = WebServer.Build(
            ["--Listen=http://127.0.0.1:0", $"--Storage:Folder={folder.FullName}", "--Media:Port=0", "--Media:Bind:0=127.0.0.1",
                "--Logging:LogLevel:Default=Error", "--Inference:Device=cpu", "--Media:Sandbox=preferred"]);
        try
        {
            await app.StartAsync();
            var file = await File.ReadAllBytesAsync(picture);
            var models = await FileModel.AllForAsync(
                ["faces"], app.Services.GetRequiredService<ModelCatalogue>(), app.Services.GetRequiredService<Detectors>(), progress: null, default);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Console.WriteLine("| look | bare, ms: median | 95 of 100 | over HTTP, ms: median | 95 of 100 | ratio of medians | of the 95th |\n| --- | --- | --- | --- | --- | --- | --- |");
            foreach (var look in only is null ? (string[])["thorough", "quick"] : [only])
                await MeasureAsync(client, file, models, look, pictures);
            return 0;
        }
        finally
        {
            await app.StopAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(HttpClient client, byte[] file, IReadOnlyList<FileModel> models, string look, int pictures)
    {
        using var pool = new FramePool();
        using var frame = ImageFile.Decode(file, pool);
        List<double> bare = [], served = [];
        for (var i = -WarmUp; i < pictures; i++)
        {
            var one = Look(models, pool, frame, look == "quick");
            var two = await AskAsync(client, file, look);
            if (i < 0)
                continue;
            bare.Add(one);
            served.Add(two);
        }

        bare.Sort();
        served.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {look} | {At(bare, 50):F1} | {At(bare, 95):F1} | {At(served, 50):F1} | {At(served, 95):F1} | {At(served, 50) / At(bare, 50):F2} | {At(served, 95) / At(bare, 95):F2} |"));
    }

    private static double Look(IReadOnlyList<FileModel> models, FramePool pool, VideoFrame frame, bool isQuick)
    {
        var began = Stopwatch.GetTimestamp();
        using var vision = new FileVision(models, pool) { IsQuick = isQuick };
        vision.See(frame, TimeSpan.Zero, new FrameTracks(), default);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<double> AskAsync(HttpClient client, byte[] file, string look)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync($"/api/detect?look={look}", content);
        var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return text.Contains("\"face\"", StringComparison.Ordinal)
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidDataException("There is no face in the picture.");
    }

    private static double At(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
}
