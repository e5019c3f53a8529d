using LiveFace.Accuracy.Sight;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Promise;

/// <summary>
/// What the promise costs and what it does not hold: the part of ordinary pictures that is hidden for want of a look, and
/// the faces of the promised size that are in sight although every cell was looked at. Once with looks that always take so
/// many frames, which repeats exactly, and once in a room on this machine's clock.
/// </summary>
internal static class PromiseTable
{
    private static readonly (string Name, Func<int, bool> Looks, Func<int, bool> Answers)[] Paces =
    [
        ("a look each frame", _ => true, _ => true),
        ("every second frame", i => i % 2 == 0, _ => true),
        ("every third", i => i % 3 == 0, _ => true),
        ("every second, a frame late", i => i % 2 == 0, i => i % 2 == 1),
    ];

    public static async Task PrintAsync()
    {
        using var detector = await Models.OpenAsync(Models.All.ForPolicy("faces")!.Id);
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        Console.WriteLine($"| {detector.ModelId}: hidden for want of a look, % of the picture | {string.Join(" | ", Paces.Select(pace => pace.Name))} | faces of the promised size | of them in sight, per 10,000 |");
        Console.WriteLine($"| --- |{string.Concat(Paces.Select(_ => " --- |"))} --- | --- |");
        foreach (var clip in OrdinaryClip.All)
            Console.WriteLine(await RowAsync(clip, detector, stage));
    }

    /// <summary>In rooms under a preset, on this machine's clock; with a wait of so many milliseconds for each look, or the usual one.</summary>
    public static async Task PrintRoomsAsync(string preset, int? waitMs)
    {
        var policy = PolicyPresets.Find(preset) ?? throw new InvalidDataException($"There is no preset '{preset}'.");
        var options = waitMs is { } wait ? new PipelineOptions { DetectionWait = TimeSpan.FromMilliseconds(wait) } : new PipelineOptions();
        var detectors = new Dictionary<string, IDetector>();
        foreach (var rule in policy.Rules)
            if (!detectors.ContainsKey(rule.When.Model))
                detectors[rule.When.Model] = await Models.OpenAsync(Models.All.ForPolicy(rule.When.Model)!.Id);
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        Console.WriteLine($"| {preset} in a room: {string.Join(", ", detectors.Values.Select(detector => detector.ModelId))} | hidden for want of a look, % of the picture | frames without a look of their own, % | covered, % | frames a second | looking, median / 95 %, ms | whole way, ms |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var clip in OrdinaryClip.All)
        {
            var sent = await EncodedClip.OfAsync(clip, stage);
            using var room = new RoomOnClock(policy, detectors, options);
            await room.PlayAsync(sent);
            var (look, way) = (room.Meter.Detect.Read(), room.Meter.Total.Read());
            string Part(double count) => $"{100 * count / Math.Max(1, room.Shown):F2}";
            Console.WriteLine($"| {clip.Name} | {Part(room.Unseen)} | {Part(room.Late)} | {Part(room.Covered)} | {room.PerSecond:F1} | {look.P50:F1} / {look.P95:F1} | {way.P50:F1} / {way.P95:F1} |");
        }

        foreach (var detector in detectors.Values)
            detector.Dispose();
    }

    private static async Task<string> RowAsync(OrdinaryClip clip, OnnxDetector detector, ClipStage stage)
    {
        var parts = new List<string>();
        var score = new SightScore();
        var least = RedactionPolicy.UsualSmallestFace(clip.Width, clip.Height);
        foreach (var (_, looks, answers) in Paces)
        {
            using var run = new HiddenRun(new LiveSeeing(detector, smallPassMs: 2.6), HiddenRun.Policy()) { LeastFace = least };
            var index = 0;
            await foreach (var (frame, faces) in clip.PlayAsync(stage))
                using (frame)
                {
                    run.Frame(OrdinaryClip.TimeOf(index), frame, faces, looks(index), answers(index));
                    index++;
                }

            run.End();
            parts.Add($"{100 * run.Unseen[0] / index:F2}{(run.Covered[0] > 1 ? $" ({run.Covered[0]} covered)" : "")}");
            if (score.AllFaces == 0)
                score = run.Scores[0];
        }

        return $"| {clip.Name} | {string.Join(" | ", parts)} | {score.AllFaces} | {(score.AllFaces == 0 ? "–" : $"{10_000 * score.MissedPart:F0}")} |";
    }
}
