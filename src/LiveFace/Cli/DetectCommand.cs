using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;

namespace LiveFace.Cli;

/// <summary><c>liveface detect</c>: looks at films and writes their box files, and tells what is in pictures.</summary>
internal static class DetectCommand
{
    private static readonly Argument<string[]> Inputs = new("inputs") { Description = "Films, pictures (JPEG, PNG, WebP), folders or patterns.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<double?> From = new("--from") { Description = "Seconds of the film's clock: begin with the first picture from there on." };

    private static readonly Option<double?> To = new("--to") { Description = "Seconds of the film's clock: end before the first picture from there on." };

    public static Command Create()
    {
        var command = new Command("detect", "Looks at films and writes what was found into box files; tells what is in pictures.")
        {
            Inputs, FilmOptions.Boxes, FilmOptions.Preset, FilmOptions.Policy, FilmOptions.Every, From, To, FilmOptions.Force, FilmOptions.Json,
            FilmOptions.Models, FilmOptions.Device, FilmOptions.Sandbox, PictureFindings.Find, PictureFindings.Look,
            PictureFindings.Attributes, PictureFindings.Format,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var inputs = FileInputs.Expand(parsed.GetRequiredValue(Inputs), filmsOnly: false);
        string[] films = [.. inputs.Where(input => !FileInputs.IsPicture(input))];
        if (films.Length > 1 && parsed.GetValue(FilmOptions.Boxes) is not null)
            throw new FileRedactionException("--boxes names one file; leave it out for several films.");
        var part = new FilmPart(Seconds(parsed.GetValue(From)), Seconds(parsed.GetValue(To)));
        foreach (var film in films)
            if (BoxesOf(parsed, film) is var boxes && File.Exists(boxes) && !parsed.GetValue(FilmOptions.Force))
                throw new FileRedactionException($"{boxes} exists; name another with --boxes, or replace it with --force.");
        using var sight = await FileSight.OpenAsync(parsed, films.Length > 0, cancel);
        await PictureFindings.TellAsync(parsed, [.. inputs.Where(FileInputs.IsPicture)], sight, cancel);
        var attributes = films.Length > 0 ? await sight.AttributesForAsync(parsed.GetValue(PictureFindings.Attributes), cancel) : null;
        foreach (var film in films)
        {
            var progress = FilmProgressView.For(parsed, film);
            var boxes = BoxesOf(parsed, film);
            await FilmOptions.Work(parsed, new FilmFile(film, sight.Tools), sight, progress, attributes).DetectAsync(boxes, part, cancel);
            progress?.End();
            var (pictures, finds) = Count(boxes);
            await FilmWords.TellAsync(parsed, boxes, $"{pictures} pictures, {finds} finds", new JsonObject { ["pictures"] = pictures, ["finds"] = finds });
        }

        return CommandLine.Success;
    }

    private static string BoxesOf(ParseResult parsed, string film) => parsed.GetValue(FilmOptions.Boxes) ?? FilmOptions.BoxesFor(film);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static (int Pictures, long Finds) Count(string boxes)
    {
        using var reader = BoxFileReader.Open(boxes);
        var (picture, finds) = (new BoxPicture(), 0L);
        while (reader.TryNext(picture))
            finds += picture.Found.Count;
        return (reader.Pictures, finds);
    }
}
