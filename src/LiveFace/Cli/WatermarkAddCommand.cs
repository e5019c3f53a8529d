using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Watermarks;
using LiveFace.Films;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;

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
        foreach (var film in files.Where(file => !file.IsPicture))
            passedOver += await FilmAsync(film, policy, mark, tools, parsed, cancel) ? 0 : 1;
        return await WatermarkCommand.EndAsync(parsed, files.Length, passedOver, parsed.GetValue(FilmOptions.Json));
    }

    /// <summary>Whether the film was done; one that cannot be read is named and passed over.</summary>
    private static async Task<bool> FilmAsync(
        MarkedFile film, RedactionPolicy policy, OverlayPicture? mark, FfmpegTools tools, ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            var work = new OnePassRedaction(MediaSource.Parse(film.Input), MediaTarget.Parse(film.Output), policy, [])
            {
                Overwrite = parsed.GetValue(FilmOptions.Force), Tools = tools, Stickers = _ => mark,
                Progress = parsed.GetValue(FilmOptions.Json) ? null : new FilmLines(parsed.InvocationConfiguration.Output, film.Output),
            };
            var done = await work.RunAsync(cancel);
            await FilmWords.TellAsync(
                parsed, parsed.GetValue(FilmOptions.Json) ? film.Input : film.Output, $"marked, {done.Frames} pictures",
                new JsonObject { ["output"] = film.Output, ["pictures"] = done.Frames });
            return true;
        }
        catch (Exception refused) when (refused is FfmpegException or FileRedactionException or ArgumentException)
        {
            var problem = refused.Message.Split(" (Parameter", 2)[0];
            if (parsed.GetValue(FilmOptions.Json))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(new JsonObject { ["file"] = film.Input, ["problem"] = problem }.ToJsonString(FilmWords.Json));
            else
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{film.Input}: {problem} Passed over.");
            return false;
        }
    }
}
