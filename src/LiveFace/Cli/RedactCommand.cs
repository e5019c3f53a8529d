using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Detection;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Films.Rendering;
using LiveFace.Media.Images;
using LiveFace.Redaction.Marks;

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
        Description = "Where to: a picture, a film (.mp4, .webm, .mkv, .gif, .apng) or a stream. Usual: NAME.redacted.EXT beside the input.",
    };

    private static readonly Option<FileInfo?> Marks = new("--marks")
    {
        Description = "What a person marked in the picture, as JSON: shapes to hide, finds to show. For one picture.",
    };

    private static readonly Option<bool> OnePass = new("--one-pass") { Description = "Redact films as they are read, as streams are, and do not look at what was written." };

    public static Command Create()
    {
        var command = new Command("redact", "Hides faces, or what a policy names, in pictures, films and streams.")
        {
            Inputs, Output, FilmOptions.Preset, FilmOptions.Policy, Marks, OnePass, FilmOptions.Every, FilmOptions.Rounds, FilmOptions.AllowFinds,
            FilmOptions.Boxes, PictureFindings.Attributes, FilmOptions.Crf, FilmOptions.Force, FilmOptions.Json, FilmOptions.Models, FilmOptions.Device, FilmOptions.Sandbox,
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
        if (parsed.GetValue(PictureFindings.Attributes) is not null && parsed.GetValue(FilmOptions.Boxes) is null)
            throw new FileRedactionException("--attributes is for the box file; name that with --boxes.");
        if (parsed.GetValue(Marks) is not null && (jobs.Count > 1 || jobs[0].Format is null))
            throw new FileRedactionException("--marks is about one picture; name that alone.");
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
        var marks = await MarksAsync(parsed, cancel);
        var done = PictureRedaction.Redact(
            file, sight.Policy, sight.Models,
            new PictureOptions { Format = format, Sandbox = sight.Decoders, Marks = marks, Readers = sight.PolicyReaders }, cancel);
        var part = job.Output + ".part";
        await File.WriteAllBytesAsync(part, done.File, cancel);
        File.Move(part, job.Output, overwrite: true);
        await FilmWords.TellAsync(
            parsed, job.Output, FilmWords.Of(done.Found, sight.Policy, "found") + Marked(marks, done),
            new JsonObject { ["found"] = done.Found, ["drawn"] = marks.Hide.Count, ["kept"] = done.Kept });
    }

    private static string Marked(PictureMarks marks, RedactedPicture done) =>
        (marks.Hide.Count > 0 ? $", {marks.Hide.Count} drawn by hand" : "")
        + (marks.Keep.Count > 0 ? $", {done.Kept} of {marks.Keep.Count} shown on request" : "");

    private static async Task<PictureMarks> MarksAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(Marks) is not { } file)
            return PictureMarks.None;
        if (!file.Exists)
            throw new FileRedactionException($"There is no file {file.FullName}.");
        return PictureMarks.TryRead(await File.ReadAllBytesAsync(file.FullName, cancel), out var marks, out var problems)
            ? marks
            : throw new FileRedactionException($"{file.Name}: {string.Join("; ", problems)}.");
    }

    private static async Task FilmAsync(RedactJob job, FileSight sight, ParseResult parsed, CancellationToken cancel)
    {
        var progress = FilmProgressView.For(parsed, job.Output);
        var work = FilmOptions.Work(parsed, new FilmFile(job.Input, sight.Tools), sight, progress, await sight.AttributesForAsync(parsed.GetValue(PictureFindings.Attributes), cancel));
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
            Readers = sight.PolicyReaders,
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
