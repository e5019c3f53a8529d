using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Framing;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Accuracy.Framing;

/// <summary>
/// How well main objects are framed: against the box round the mask of each picture, of a folder with <c>images</c> and
/// <c>ground_truth_mask</c> as ECSSD is kept. One thread, the whole way from the file on.
/// </summary>
internal static class CropTable
{
    private const float Miss = 0.3f, Half = 0.5f;

    public static async Task PrintAsync(string folder)
    {
        using var preparation = new ModelPreparation(Models.All, TimeProvider.System);
        using var sessions = new InferenceSessions(Models.All, preparation, new InferenceOptions { Device = "cpu", Threads = 1 });
        using var detectors = new Detectors(Models.All, sessions);
        var models = await FileModel.AllForAsync(PictureFraming.Models, Models.All, detectors, progress: null, default);
        var results = new List<(MainObject Main, float Overlap, double Took)>();
        var held = await HeldOutAsync();
        foreach (var (picture, mask) in Pairs(folder).Where(pair => held.Count == 0 || held.Contains(Path.GetFileName(pair.Picture))))
        {
            var file = await File.ReadAllBytesAsync(picture);
            var began = Stopwatch.GetTimestamp();
            var main = PictureFraming.Find(file, models).Main;
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            results.Add((main, main.Box.IntersectionOverUnion(BoxOf(mask)), took));
        }

        Console.WriteLine("| found by | pictures | mean overlap | over a half | missed (under 0.3) |\n| --- | --- | --- | --- | --- |");
        Row("all", results);
        foreach (var group in results.GroupBy(one => one.Main.By).OrderByDescending(group => group.Count()))
            Row(group.Key.ToString().ToLowerInvariant(), [.. group]);
        var times = results.Skip(5).Select(one => one.Took).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\none thread: median {times[times.Count / 2]:F0} ms, 95 of 100 within {times[times.Count * 95 / 100]:F0} ms"));
        Console.WriteLine("\n| certainty | pictures | over a half |\n| --- | --- | --- |");
        foreach (var group in results.GroupBy(one => Math.Min(9, (int)(one.Main.Certainty * 10))).OrderBy(group => group.Key))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {group.Key / 10.0:F1} | {group.Count()} | {Part([.. group], one => one.Overlap >= Half):F0} % |"));
    }

    /// <summary>The pictures that the net was not trained on, as its card lists them.</summary>
    private static async Task<HashSet<string>> HeldOutAsync()
    {
        await using var card = File.OpenRead(Path.Combine(Models.All.Folder, "own", "framing.card.json"));
        using var json = await JsonDocument.ParseAsync(card);
        return [.. json.RootElement.GetProperty("held_out").EnumerateArray().Select(name => name.GetString()!)];
    }

    private static IEnumerable<(string Picture, string Mask)> Pairs(string folder)
    {
        var (pictures, masks) = (Path.Combine(folder, "images"), Path.Combine(folder, "ground_truth_mask"));
        if (!Directory.Exists(pictures) || !Directory.Exists(masks))
            throw new InvalidDataException($"{folder} needs the folders images and ground_truth_mask.");
        foreach (var picture in Directory.EnumerateFiles(pictures, "*.jpg").Order(StringComparer.Ordinal))
            if (Path.Combine(masks, Path.ChangeExtension(Path.GetFileName(picture), ".png")) is var mask && File.Exists(mask))
                yield return (picture, mask);
    }

    private static BoxF BoxOf(string mask)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(File.ReadAllBytes(mask), pool);
        float left = frame.Width, top = frame.Height, right = 0, bottom = 0;
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < frame.Width; x++)
                if (row[x] >= 128)
                    (left, top, right, bottom) = (MathF.Min(left, x), MathF.Min(top, y), MathF.Max(right, x + 1), MathF.Max(bottom, y + 1));
        }

        return new BoxF(left, top, right, bottom);
    }

    private static void Row(string name, List<(MainObject Main, float Overlap, double Took)> of) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {of.Count} | {of.Average(one => one.Overlap):F3} | {Part(of, one => one.Overlap >= Half):F1} % | {Part(of, one => one.Overlap < Miss):F1} % |"));

    private static double Part(List<(MainObject Main, float Overlap, double Took)> of, Func<(MainObject Main, float Overlap, double Took), bool> fits) => 100.0 * of.Count(fits) / of.Count;
}
