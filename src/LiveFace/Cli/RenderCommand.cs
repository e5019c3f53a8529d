using System.CommandLine;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Detection;
using LiveFace.Films.Review;

namespace LiveFace.Cli;

/// <summary><c>liveface render</c>: writes a film by its box file and the edits of its review, and looks at it again.</summary>
internal static class RenderCommand
{
    private static readonly Argument<string> Film = new("film") { Description = "The film that the box file is of." };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to: .mp4, .webm, .mkv, .gif, .apng. Usual: NAME.redacted.EXT beside the film." };

    private static readonly Option<string?> Edits = new("--edits") { Description = "The edits. Usual: NAME.boxes.edits.jsonl, where there is one." };

    public static Command Create()
    {
        var command = new Command("render", "Writes a film by its box file and its review, and looks at it again.")
        {
            Film, Output, FilmOptions.Boxes, Edits, FilmOptions.Preset, FilmOptions.Policy, FilmOptions.Every, FilmOptions.Rounds, FilmOptions.AllowFinds,
            FilmOptions.Crf, FilmOptions.Force, FilmOptions.Json, FilmOptions.Models, FilmOptions.Device, FilmOptions.Sandbox,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var film = parsed.GetRequiredValue(Film);
        var job = RedactJob.All([film], parsed.GetValue(Output), parsed.GetValue(FilmOptions.Force))[0];
        if (job.Source is not { IsFile: true } || job.Target is not { IsFile: true })
            throw new FileRedactionException($"{film} is no film in a file.");
        var boxes = parsed.GetValue(FilmOptions.Boxes) ?? FilmOptions.BoxesFor(film);
        if (!File.Exists(boxes))
            throw new FileRedactionException($"There is no file {boxes}; make it with: liveface detect {film}");
        if (parsed.GetValue(Edits) is { } named && !File.Exists(named))
            throw new FileRedactionException($"There is no file {named}.");
        var edits = EditLog.Read(parsed.GetValue(Edits) ?? EditLog.PathFor(boxes));
        using var sight = await FileSight.OpenAsync(parsed, films: true, cancel);
        var progress = FilmProgressView.For(parsed, job.Output);
        try
        {
            var done = await FilmOptions.Work(parsed, new FilmFile(film, sight.Tools), sight, progress).FinishAsync(job.Target, boxes, edits, cancel);
            progress?.End();
            await FilmWords.TellAsync(parsed, job.Output, FilmWords.Of(done, sight.Policy), FilmWords.Facts(done));
            return CommandLine.Success;
        }
        finally
        {
            progress?.End();
        }
    }
}
