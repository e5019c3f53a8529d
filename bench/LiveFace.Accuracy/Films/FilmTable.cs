using LiveFace.Accuracy.Sight;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Films;

/// <summary>Missed face-frames of painted films, or of photographs that are panned over: as one pass, with links, after two passes, and as a tool that looks once at each picture.</summary>
internal static class FilmTable
{
    public static async Task PrintAsync(SightOptions options)
    {
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        using var model = await SightModel.OpenAsync(options.Models[0]);
        FileModel[] models = [model.File];
        var films = Films(stage, options);
        var every = options.Every ?? new DetectionOptions().ThoroughEvery;
        var ways = new FilmWays(stage.Pool, models, new DetectionOptions { ThoroughEvery = every });
        var onePass = new SightScore();
        foreach (var film in films)
        {
            await ways.PlayAsync(film);
            if (options.Looks.Contains("offline"))
                await PlayOnePassAsync(stage.Pool, models, film, onePass);
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
        SightClips.Print(rows, films.Count);
        Console.WriteLine($"The second look found {ways.Again} more.\n");
    }

    private static List<IKnownFilm> Films(ClipStage stage, SightOptions options)
    {
        if (options.Lists.Count > 0)
            return [.. options.Sample([.. options.Lists.SelectMany(FacesFile.Read)]).Select(picture => new PannedFilm(picture, options.Side))];
        var scripts = SightClips.Scripts().ToList();
        if (options.Most > 0)
            scripts = [.. scripts.Where((_, i) => i % Math.Max(1, scripts.Count / options.Most) == 0)];
        return [.. scripts.Select(script => new PaintedFilm(stage, script))];
    }

    private static async Task PlayOnePassAsync(FramePool pool, FileModel[] models, IKnownFilm film, SightScore total)
    {
        using var run = new HiddenRun(new FilmSeeing(models[0], pool), HiddenRun.Policy(PolicyLimits.LookAheadFrames));
        var truth = film.Truth();
        await using var pictures = await film.OpenAsync(pool, FilmPart.All, CancellationToken.None);
        for (var i = 0; await pictures.NextAsync(CancellationToken.None) is { } read; i++)
        {
            using var frame = read;
            run.Frame(frame.CaptureTime, frame, truth[i]);
        }

        run.End();
        total.Add(run.Scores[0]);
    }
}
