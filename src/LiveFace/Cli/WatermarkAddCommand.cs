using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Watermarks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;

namespace LiveFace.Cli;

/// <summary><c>liveface watermark add</c>: puts a mark on pictures, films and whole folders of them. It hides nothing.</summary>
internal static class WatermarkAddCommand
{
    private const string Suffix = ".marked";

    private static readonly Argument<string[]> Inputs = new("inputs")
    {
        Description = "Pictures (JPEG, PNG, WebP), films, folders or patterns.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Where to: a file for one input, a folder for several. Usual: NAME.marked.EXT beside the input.",
    };

    public static Command Create()
    {
        var command = new Command("add", "Puts a text or a picture on pictures and films, in tiles, once or in a corner. Hides nothing.")
        {
            Inputs, Output, PictureBatch.Beside, FilmOptions.Force, FilmOptions.Json, FilmOptions.Sandbox,
        };
        foreach (var option in MarkOptions.All)
            command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var mode = Enum.Parse<SandboxMode>(parsed.GetRequiredValue(FilmOptions.Sandbox), ignoreCase: true);
        using var decoders = new DecoderSandbox(mode, WorkerCommand.Beside("liveface"));
        var (policy, mark) = await MarkOptions.ReadAsync(parsed, decoders, cancel);
        var files = MarkedFiles.All(parsed.GetRequiredValue(Inputs), parsed.GetValue(Output), Suffix, parsed.GetValue(FilmOptions.Force));
        var options = new PictureOptions { Sandbox = decoders, Stickers = _ => mark };
        var batch = new PictureBatch(parsed, parsed.GetValue(PictureBatch.Beside));
        var passedOver = await batch.RunAsync(
            [.. files.Where(file => file.IsPicture)],
            (_, bytes, stop) => new BatchPicture(PictureRedaction.Redact(bytes, policy, [], options, stop).File, "marked", []),
            cancel);
        var tools = FfmpegTools.OnPath with { Confiner = ToolConfiner.For(mode, "liveface") };
        passedOver += await FilmBatch.RunAsync(parsed, files.Where(file => !file.IsPicture), async film =>
        {
            var work = new OnePassRedaction(MediaSource.Parse(film.Input), MediaTarget.Parse(film.Output), policy, [])
            {
                Overwrite = parsed.GetValue(FilmOptions.Force), Tools = tools, Stickers = _ => mark,
                Progress = parsed.GetValue(FilmOptions.Json) ? null : new FilmLines(parsed.InvocationConfiguration.Output, film.Output),
            };
            var done = await work.RunAsync(cancel);
            return ($"marked, {done.Frames} pictures", new JsonObject { ["pictures"] = done.Frames });
        });
        return await WatermarkCommand.EndAsync(parsed, files.Length, passedOver, parsed.GetValue(FilmOptions.Json));
    }
}
