using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// Painted clips through tracker, rules and redactor, live and as films: what stays in sight by size, what is hidden for that,
/// and what is hidden in clips without faces.
/// </summary>
internal static class SightClips
{
    public static async Task PrintAsync(SightOptions options)
    {
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        var models = new List<SightModel>();
        foreach (var id in options.Models)
            models.Add(await SightModel.OpenAsync(id));
        PassCost.Measure(models);
        var scripts = Scripts().ToList();
        if (options.Most > 0)
            scripts = [.. scripts.Where((_, i) => i % Math.Max(1, scripts.Count / options.Most) == 0)];
        var rows = new List<(string Name, SightScore Score)>();
        foreach (var model in models)
            foreach (var look in options.Looks.Where(look => look != "whole"))
                rows.Add(($"{model.Detector.ModelId}, {look}", Play(model, look, stage, scripts)));
        Print(rows, scripts.Count);
        models.ForEach(model => model.Dispose());
    }

    private static SightScore Play(SightModel model, string look, ClipStage stage, List<ClipScript> scripts)
    {
        var total = new SightScore();
        foreach (var script in scripts)
        {
            ISeeing seeing = look == "live" ? new LiveSeeing(model.Detector, model.CallMs) : new FilmSeeing(model.File, stage.Pool);
            using var run = new HiddenRun(seeing, HiddenRun.Policy(look == "live" ? 0 : PolicyLimits.LookAheadFrames));
            using var clip = stage.Clip(script);
            for (var i = 0; i < script.Frames; i++)
            {
                using var frame = stage.Pool.Rent(script.Width, script.Height);
                var truth = clip.Paint(i, frame);
                run.Frame(clip.TimeOf(i), frame, truth);
            }

            run.End();
            total.Add(run.Scores[0]);
        }

        return total;
    }

    public static IEnumerable<ClipScript> Scripts()
    {
        var seed = 100;
        foreach (var (height, faces) in new[] { (14f, 8), (24f, 8), (40f, 6), (80f, 4), (160f, 2) })
            foreach (var (speed, pan) in new[] { (0.3f, 0f), (1.5f, 0f), (4f, 0f), (1f, 120f) })
                yield return new ClipScript(seed++, height, speed, faces, pan) { Frames = 45 };
        foreach (var pan in new[] { 0f, 40f, 120f })
            for (var i = 0; i < 3; i++)
                yield return new ClipScript(seed++, 40, 1, 0, pan) { Frames = 45 };
    }

    public static void Print(List<(string Name, SightScore Score)> rows, int clips)
    {
        var first = rows[0].Score;
        Console.WriteLine($"{clips} painted clips, {first.AllFaces} face-frames, {first.FacelessPictures} frames without faces.\n");
        Console.WriteLine($"| missed per 10,000; hidden area, × the faces' | all | {string.Join(" | ", FaceSizes.Names)} | elsewhere | false masks a faceless frame | of it hidden |");
        Console.WriteLine($"| --- | --- |{string.Concat(FaceSizes.Names.Select(_ => " --- |"))} --- | --- | --- |");
        foreach (var (name, score) in rows)
        {
            var sizes = Enumerable.Range(0, FaceSizes.Count).Select(size => score.Faces[size] == 0 ? "–" : $"{10_000.0 * score.Missed[size] / score.Faces[size]:F0}; {score.AreaOf(size):F2}");
            Console.WriteLine($"| {name} | {10_000 * score.MissedPart:F0}; {score.Area:F2} | {string.Join(" | ", sizes)} | {score.AreaElsewhere:F2} | {score.FalseMasksEach:F2} | {score.FalselyHiddenPart:P2} |");
        }

        Console.WriteLine();
    }
}
