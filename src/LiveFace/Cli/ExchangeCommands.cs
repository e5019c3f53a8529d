using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Exchange;
using LiveFace.Films.Review;

namespace LiveFace.Cli;

/// <summary><c>liveface export</c> and <c>import</c>: the tracks of a box file for other tools, and theirs for a box file.</summary>
internal static class ExchangeCommands
{
    private static readonly Argument<string> Boxes = new("boxes") { Description = "The box file, linked." };
    private static readonly Argument<string> Theirs = new("file") { Description = "What another tool wrote." };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to: .xml for CVAT, .txt for MOT, .json for COCO." };
    private static readonly Option<bool> Beside = new("--beside") { Description = "Keep the box file's own tracks." };
    private static readonly Option<string?> Format = new("--format") { Description = "cvat, mot or coco; usual: by the file's name." };

    public static Command Export()
    {
        Format.AcceptOnlyFromAmong("cvat", "mot", "coco");
        Output.Required = true;
        var command = new Command("export", "Writes the tracks of a box file for CVAT, MOT or COCO, as a review left them.") { Boxes, Output, Format, FilmOptions.Force, FilmOptions.Json };
        command.SetAction(async (parsed, cancel) =>
        {
            var (boxes, output) = (parsed.GetRequiredValue(Boxes), parsed.GetRequiredValue(Output)!);
            if (File.Exists(output) && !parsed.GetValue(FilmOptions.Force))
                throw new FileRedactionException($"{output} exists; name another, or replace it with --force.");
            var (head, pictures) = Read(boxes);
            var tracks = head.Tracks ?? throw new FileRedactionException($"{boxes} has no tracks yet; make them with: liveface link {boxes}");
            var reviewed = EditLog.Read(EditLog.PathFor(boxes)).ApplyTo(tracks, pictures);
            using (var file = File.Create(output))
                BoxExchange.Export(file, FormatOf(parsed, output), head, reviewed.Hidden, pictures);
            await FilmWords.TellAsync(parsed, output, $"{reviewed.Hidden.Count} tracks", new JsonObject { ["tracks"] = reviewed.Hidden.Count });
            return CommandLine.Success;
        });
        return command;
    }

    public static Command Import()
    {
        var command = new Command("import", "Takes tracks of CVAT, MOT or COCO into a box file.") { Boxes, Theirs, Format, Beside, FilmOptions.Json };
        command.SetAction(async (parsed, cancel) =>
        {
            var (boxes, file) = (parsed.GetRequiredValue(Boxes), parsed.GetRequiredValue(Theirs));
            foreach (var name in (string[])[boxes, file])
                if (!File.Exists(name))
                    throw new FileRedactionException($"There is no file {name}.");
            // Edits name tracks by their numbers, and those of others would be meant by them.
            if (File.Exists(EditLog.PathFor(boxes)) && !parsed.GetValue(Beside))
                throw new FileRedactionException($"{EditLog.PathFor(boxes)} is about the tracks that would go; take them in with --beside, or remove it first.");
            var tracks = BoxExchange.Import(file, FormatOf(parsed, file), boxes, parsed.GetValue(Beside));
            await FilmWords.TellAsync(parsed, boxes, $"{tracks.Count} tracks taken in", new JsonObject { ["tracks"] = tracks.Count });
            return CommandLine.Success;
        });
        return command;
    }

    private static ExchangeFormat FormatOf(ParseResult parsed, string file) => (parsed.GetValue(Format), Path.GetExtension(file).ToUpperInvariant()) switch
    {
        ("cvat", _) or (null, ".XML") => ExchangeFormat.Cvat,
        ("mot", _) or (null, ".TXT" or ".CSV") => ExchangeFormat.Mot,
        ("coco", _) or (null, ".JSON") => ExchangeFormat.Coco,
        _ => throw new FileRedactionException($"{file}: say with --format whether it is cvat, mot or coco."),
    };

    private static (BoxFileHead Head, int Pictures) Read(string boxes)
    {
        if (!File.Exists(boxes))
            throw new FileRedactionException($"There is no file {boxes}.");
        using var reader = BoxFileReader.Open(boxes);
        for (var picture = new BoxPicture(); reader.TryNext(picture);)
        {
        }

        return (reader.Head, reader.Pictures);
    }
}
