using LiveFace.Accuracy.Sight;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>Missed face-frames of painted films: as one pass, with links, after two passes, and as a tool that looks once at each picture.</summary>
internal static class FilmTable
{
    public static async Task PrintAsync(SightOptions options)
    {
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        using var model = await SightModel.OpenAsync(options.Models[0]);
        FileModel[] models = [new(LiveSeeing.Model, model.Detector, LookViews.All, model.Seconds)];
        var scripts = SightClips.Scripts().ToList();
        if (options.Most > 0)
            scripts = [.. scripts.Where((_, i) => i % Math.Max(1, scripts.Count / options.Most) == 0)];
        var every = options.Every ?? new DetectionOptions().ThoroughEvery;
        var ways = new FilmWays(stage, models, new DetectionOptions { ThoroughEvery = every });
        var onePass = new SightScore();
        foreach (var script in scripts)
        {
            await ways.PlayAsync(script);
            if (options.Looks.Contains("offline"))
                PlayOnePass(stage, models, script, onePass);
        }

        var rows = new List<(string Name, SightScore Score)>
        {
            ("one detection a picture, box × 1.3", ways.Peer),
            ($"detected, a thorough look each {every}th", ways.Detected),
            ("linked", ways.Linked),
            ("after two passes", ways.TwoPasses),
        };
        if (options.Looks.Contains("offline"))
            rows.Insert(1, ("one pass (`--one-pass`)", onePass));
        SightClips.Print(rows, scripts.Count);
        Console.WriteLine($"The second look found {ways.Again} more.\n");
    }

    private static void PlayOnePass(ClipStage stage, FileModel[] models, ClipScript script, SightScore total)
    {
        using var run = new HiddenRun(new FilmSeeing(models[0], stage.Pool), HiddenRun.Policy(PolicyLimits.LookAheadFrames));
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
}
