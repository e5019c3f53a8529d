using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Detection;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Films.Rendering;
using LiveFace.Media.Images;

namespace LiveFace.Cli;

/// <summary><c>liveface redact</c>: hides faces, or whatever a policy names, in pictures, films and streams.</summary>
internal static class RedactCommand
{
    private const int MostEveryInOnePass = 10;

    private static readonly Argument<string[]> Inputs = new("inputs")
    {
        Description = "Pictures (JPEG, PNG, WebP), films, folders, patterns, or addresses (rtsp, rtmp, http).", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Where to: a picture, a film (.mp4, .webm, .mkv) or a stream. Usual: NAME.redacted.EXT beside the input.",
    };

    private static readonly Option<bool> OnePass = new("--one-pass") { Description = "Redact films as they are read, as streams are, and do not look at what was written." };

    public static Command Create()
    {
        var command = new Command("redact", "Hides faces, or what a policy names, in pictures, films and streams.")
        {
            Inputs, Output, FilmOptions.Preset, FilmOptions.Policy, OnePass, FilmOptions.Every, FilmOptions.Rounds, FilmOptions.AllowFinds,
            FilmOptions.Boxes, FilmOptions.Crf, FilmOptions.Force, FilmOptions.Json, FilmOptions.Models, FilmOptions.Device, FilmOptions.Sandbox,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(OnePass) && parsed.GetValue(FilmOptions.Every) > MostEveryInOnePass)
            throw new FileRedactionException($"--every has to be a number from 1 to {MostEveryInOnePass} with --one-pass.");
        var inputs = FileInputs.Expand(parsed.GetRequiredValue(Inputs), filmsOnly: false);
        var jobs = RedactJob.All(inputs, parsed.GetValue(Output), parsed.GetValue(FilmOptions.Force));
        if (jobs.Count > 1 && parsed.GetValue(FilmOptions.Boxes) is not null)
            throw new FileRedactionException("--boxes names one file; leave it out for several inputs.");
        using var sight = await FileSight.OpenAsync(parsed, jobs.Exists(job => job.Format is null), cancel);
        foreach (var job in jobs)
        {
            try
            {
                if (job.Format is { } format)
                    await PictureAsync(job, format, sight, parsed, cancel);
                else if (parsed.GetValue(OnePass) || !job.Source!.IsFile || !job.Target!.IsFile || RecordedPolicy.NeedsOnePass(sight.Policy))
                    await InOnePassAsync(job, sight, parsed, cancel);
                else
                    await FilmAsync(job, sight, parsed, cancel);
            }
            catch (Exception refused) when (refused is ImageException or FileRedactionException)
            {
                throw new FileRedactionException($"{job.Input}: {refused.Message}", refused);
            }
        }

        return CommandLine.Success;
    }

    private static async Task PictureAsync(RedactJob job, ImageFormat format, FileSight sight, ParseResult parsed, CancellationToken cancel)
    {
        var file = await File.ReadAllBytesAsync(job.Input, cancel);
        var done = PictureRedaction.Redact(file, sight.Policy, sight.Models, format, sandbox: sight.Decoders, cancel: cancel);
        var part = job.Output + ".part";
        await File.WriteAllBytesAsync(part, done.File, cancel);
        File.Move(part, job.Output, overwrite: true);
        await FilmWords.TellAsync(parsed, job.Output, FilmWords.Of(done.Found, sight.Policy, "found"), new JsonObject { ["found"] = done.Found });
    }

    private static async Task FilmAsync(RedactJob job, FileSight sight, ParseResult parsed, CancellationToken cancel)
    {
        var progress = FilmProgressView.For(parsed, job.Output);
        var work = FilmOptions.Work(parsed, new FilmFile(job.Input, sight.Tools), sight, progress);
        // Nobody asked for the box file, so nobody is left with it.
        var kept = parsed.GetValue(FilmOptions.Boxes);
        var boxes = kept ?? $"{job.Output}.{Guid.NewGuid():N}.boxes.json";
        try
        {
            var done = await work.RedactAsync(job.Target!, boxes, cancel);
            progress?.End();
            await FilmWords.TellAsync(parsed, job.Output, FilmWords.Of(done, sight.Policy), FilmWords.Facts(done));
        }
        finally
        {
            progress?.End();
            if (kept is null)
                File.Delete(boxes);
        }
    }

    private static async Task InOnePassAsync(RedactJob job, FileSight sight, ParseResult parsed, CancellationToken cancel)
    {
        var film = new OnePassRedaction(job.Source!, job.Target!, sight.Policy, sight.Models)
        {
            Every = Math.Min(parsed.GetValue(FilmOptions.Every) ?? 1, MostEveryInOnePass), Overwrite = parsed.GetValue(FilmOptions.Force), Tools = sight.Tools,
            Progress = parsed.GetValue(FilmOptions.Json) ? null : new FilmLines(parsed.InvocationConfiguration.Output, job.Output),
        };
        var done = await film.RunAsync(cancel);
        var covered = done.Covered == 0 ? "" : $"; {done.Covered} pictures are covered, since a model could not look at them";
        await FilmWords.TellAsync(
            parsed, job.Output, $"{done.Frames} pictures, {FilmWords.Of(done.Most, sight.Policy, "at most found in one")}{covered}",
            new JsonObject { ["pictures"] = done.Frames, ["covered"] = done.Covered, ["most"] = done.Most });
    }
}
