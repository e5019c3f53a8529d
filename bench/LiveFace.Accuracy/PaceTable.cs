using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// What it costs, and what is missed, when looks spend all of their budget on each frame and when they spend by need: on
/// the usual clips, on calm ones, and on calm ones in which faces are suddenly there. Once where a pass costs 1.3 ms, and
/// once on a core of half that speed.
/// </summary>
internal static class PaceTable
{
    private static readonly (LookPace Pace, double PassMs)[] Ways =
        [(LookPace.Full, 1.3), (LookPace.ByNeed, 1.3), (LookPace.Full, 2.6), (LookPace.ByNeed, 2.6)];

    public static async Task PrintAsync(TimeSpan budget)
    {
        using var detector = await Models.OpenAsync("ultraface");
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        Console.WriteLine("| clips | face-frames | missed per 10,000, all each frame | by need | passes a frame, all | by need | slow core: missed, all | by need | passes, all | by need |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, scripts) in Groups())
            Console.WriteLine(Row(name, scripts, stage, detector, budget));
    }

    private static string Row(string name, IEnumerable<ClipScript> scripts, ClipStage stage, OnnxDetector detector, TimeSpan budget)
    {
        var missed = Ways.Select(_ => new MaskMeasure()).ToArray();
        var passes = new double[Ways.Length];
        var frames = 0;
        foreach (var script in scripts)
        {
            var pipelines = Ways.Select(way => ClipStage.Pipeline(detector, way.PassMs)).ToArray();
            var runs = Ways.Select((way, i) => new ClipRun(pipelines[i], 1, tracked: true, budget, pace: way.Pace)).ToArray();
            stage.Play(script, runs);
            frames += script.Frames;
            for (var i = 0; i < runs.Length; i++)
            {
                missed[i].Add(runs[i].Measure);
                passes[i] += runs[i].Pixels / (320.0 * 256);
                pipelines[i].Dispose();
            }
        }

        string Missed(int way) => $"{missed[way].MissedPer10000:F0}";
        string Passes(int way) => $"{passes[way] / frames:F2}";
        return $"| {name} | {missed[0].Faces} | {Missed(0)} | {Missed(1)} | {Passes(0)} | {Passes(1)} | {Missed(2)} | {Missed(3)} | {Passes(2)} | {Passes(3)} |";
    }

    private static IEnumerable<(string Name, IEnumerable<ClipScript> Scripts)> Groups()
    {
        yield return ("many faces, moving", ClipTable.Scripts().Where(script => script.Pan == 0));
        yield return ("many faces, panned", ClipTable.Scripts().Where(script => script.Pan > 0));
        yield return ("one to three faces, calm", Calm(0));
        yield return ("the same, there from one second on", Calm(1));
        yield return ("1280×720: many faces, moving", Wide(2, 0, 0));
        yield return ("1280×720: many faces, panned", Wide(1, 120, 0));
        yield return ("1280×720: the same, there from one second on", Wide(1, 120, 1));
        yield return ("1280×720: one to three faces, calm",
            Calm(0).Where(script => script.Seed % 4 == 0).Select(script => script with { Width = 1280, Height = 720 }));
    }

    private static IEnumerable<ClipScript> Wide(float speed, float pan, float from)
    {
        var seed = 80;
        foreach (var (height, faces) in new[] { (24f, 8), (40f, 8), (80f, 6), (160f, 4) })
            yield return new ClipScript(seed++, height, speed, faces, pan) { Width = 1280, Height = 720, From = from };
    }

    private static IEnumerable<ClipScript> Calm(float from)
    {
        var seed = 40;
        foreach (var (height, faces) in new[] { (16f, 3), (24f, 3), (40f, 3), (80f, 2), (160f, 1) })
            foreach (var speed in new[] { 0.05f, 0.05f, 0.3f, 0.3f })
                yield return new ClipScript(seed++, height, speed, faces) { Occluders = false, Roll = 5, Zoom = 0.05f, From = from, Frames = 75 };
    }
}
