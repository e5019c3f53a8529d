using LiveFace.Accuracy.Sight;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// Face-frames that leave the redactor with a quarter or more of the face in sight: by the frames of look-ahead, and by the
/// maximum age of a detection where the detector is slow or stalls.
/// </summary>
internal static class HidingTable
{
    private const int Frames = 90;
    private static readonly int[] Ages = [100, 200, 300, 400, 600, 800, 1000];

    public static async Task PrintAsync()
    {
        using var detector = await Models.OpenAsync("ultraface");
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        PrintLookAhead(detector, stage);
        Console.WriteLine();
        PrintAges(detector, stage);
    }

    private static void PrintLookAhead(OnnxDetector detector, ClipStage stage)
    {
        var policies = Enumerable.Range(0, PolicyLimits.LookAheadFrames + 1).Select(n => HiddenRun.Policy(lookAhead: n)).ToArray();
        Console.WriteLine($"| look-ahead, frames | {string.Join(" | ", policies.Select((_, n) => n))} |");
        Console.WriteLine($"| --- |{string.Concat(policies.Select(_ => " --- |"))}");
        Console.WriteLine($"| added at 30 frames a second, ms | {string.Join(" | ", policies.Select((_, n) => $"{n * 1000 / 30.0:F0}"))} |");
        foreach (var (name, from) in new[] { ("faces there from the start", 0f), ("faces suddenly there", 1f) })
        {
            var (scores, _) = Play(detector, stage, policies, Scripts(from), (_, _) => true, (_, _) => true);
            Console.WriteLine($"| missed per 10,000, {name} ({scores[0].AllFaces}) | {string.Join(" | ", scores.Select(s => $"{10_000 * s.MissedPart:F0}"))} |");
        }
    }

    private static void PrintAges(OnnxDetector detector, ClipStage stage)
    {
        var policies = Ages.Select(age => HiddenRun.Policy(maximumAgeMs: age)).ToArray();
        Console.WriteLine($"| maximum age, ms | {string.Join(" | ", Ages)} |");
        Console.WriteLine($"| --- |{string.Concat(Ages.Select(_ => " --- |"))}");
        foreach (var (name, looks, answers) in Detectors())
        {
            var (scores, covered) = Play(detector, stage, policies, Scripts(0).Concat(Scripts(1)), looks, answers);
            Console.WriteLine($"| {name}: missed per 10,000 | {string.Join(" | ", scores.Select(s => $"{10_000 * s.MissedPart:F0}"))} |");
            Console.WriteLine($"| frames covered, % | {string.Join(" | ", covered.Select(part => $"{100 * part:F1}"))} |");
        }
    }

    private static IEnumerable<(string Name, Func<int, int, bool> Looks, Func<int, int, bool> Answers)> Detectors()
    {
        yield return ("an answer each frame", (_, _) => true, (_, _) => true);
        yield return ("200 ms for each answer", (i, _) => i % 6 == 0, (i, _) => i % 6 == 5 || i == 0);
        yield return ("stalls of 0.3 s", (i, seed) => !Stalls(i, seed, 9), (i, seed) => !Stalls(i, seed, 9));
        yield return ("stalls of 1 s", (i, seed) => !Stalls(i, seed, 30), (i, seed) => !Stalls(i, seed, 30));
    }

    /// <summary>Once in each clip, at another moment in each.</summary>
    private static bool Stalls(int frame, int seed, int frames) => frame >= 20 + seed % 5 * 6 && frame < 20 + seed % 5 * 6 + frames;

    private static (SightScore[] Scores, double[] Covered) Play(
        OnnxDetector detector, ClipStage stage, RedactionPolicy[] policies, IEnumerable<ClipScript> scripts,
        Func<int, int, bool> looks, Func<int, int, bool> answers)
    {
        var scores = policies.Select(_ => new SightScore()).ToArray();
        var covered = new double[policies.Length];
        var frames = 0;
        foreach (var script in scripts)
        {
            using var run = new HiddenRun(new LiveSeeing(detector, smallPassMs: 1.3), policies);
            using var clip = stage.Clip(script);
            for (var i = 0; i < script.Frames; i++, frames++)
            {
                using var frame = stage.Pool.Rent(script.Width, script.Height);
                var truth = clip.Paint(i, frame);
                run.Frame(clip.TimeOf(i), frame, truth, looks(i, script.Seed), answers(i, script.Seed));
            }

            run.End();
            for (var i = 0; i < policies.Length; i++)
            {
                scores[i].Add(run.Scores[i]);
                covered[i] += run.Covered[i];
            }
        }

        return (scores, [.. covered.Select(count => count / frames)]);
    }

    private static IEnumerable<ClipScript> Scripts(float from)
    {
        var seed = 60 + (int)(10 * from);
        foreach (var (height, faces) in new[] { (24f, 4), (40f, 4), (80f, 3), (160f, 2) })
            yield return new ClipScript(seed++, height, 1.5f, faces) { Frames = Frames, From = from };
    }
}
