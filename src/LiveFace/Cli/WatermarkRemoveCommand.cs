using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Watermarks;
using LiveFace.Features.Watermarks;
using LiveFace.Films.OnePass;
using LiveFace.Films.Pictures;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Policy;
using LiveFace.Restoration;

namespace LiveFace.Cli;

/// <summary><c>liveface watermark remove</c>: takes marks off pictures, films and whole folders of them. It is for marks on one's own.</summary>
internal static class WatermarkRemoveCommand
{
    private const string Suffix = ".unmarked";

    private static readonly RedactionPolicy Nothing = new() { NothingHidden = true };

    private static readonly Argument<string[]> Inputs = new("inputs")
    {
        Description = "Your own pictures (JPEG, PNG, WebP), films, folders or patterns.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Where to: a file for one input, a folder for several. Usual: NAME.unmarked.EXT beside the input.",
    };

    private static readonly Option<bool> Mask = new("--mask") { Description = "Write the mask of each picture as well, as NAME.mask.png beside the result." };

    public static Command Create()
    {
        var command = new Command("remove", "Takes the mark off your own pictures and films. One without a mark comes out to the bit as it was.")
        {
            Inputs, Output, Mask, PictureBatch.Beside, FilmOptions.Force, FilmOptions.Json, FilmOptions.Sandbox, FilmOptions.Models, FilmOptions.Device,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var files = MarkedFiles.All(parsed.GetRequiredValue(Inputs), parsed.GetValue(Output), Suffix, parsed.GetValue(FilmOptions.Force));
        var mode = Enum.Parse<SandboxMode>(parsed.GetRequiredValue(FilmOptions.Sandbox), ignoreCase: true);
        MarkedFile[] pictures = [.. files.Where(file => file.IsPicture)];
        var beside = parsed.GetValue(PictureBatch.Beside);
        using var open = await OpenRemover.OpenAsync(parsed, pictures.Length > 1 && beside > 1 ? 1 : 0, cancel);
        using var decoders = new DecoderSandbox(mode, WorkerCommand.Beside("liveface"));
        var passedOver = await new PictureBatch(parsed, beside).RunAsync(
            pictures, (picture, bytes, stop) => Picture(picture, bytes, open.Remover, decoders, parsed, stop), cancel);
        var tools = FfmpegTools.OnPath with { Confiner = ToolConfiner.For(mode, "liveface") };
        passedOver += await FilmBatch.RunAsync(parsed, files.Where(file => !file.IsPicture), async film =>
        {
            var steady = new SteadyMask(open.Remover);
            var work = new OnePassRedaction(MediaSource.Parse(film.Input), MediaTarget.Parse(film.Output), Nothing, [])
            {
                Overwrite = parsed.GetValue(FilmOptions.Force), Tools = tools, Before = steady.Remove,
                Progress = parsed.GetValue(FilmOptions.Json) ? null : new FilmLines(parsed.InvocationConfiguration.Output, film.Output),
            };
            var done = await work.RunAsync(cancel);
            return ($"{done.Frames} pictures, {steady.Changed} of them changed", new JsonObject { ["pictures"] = done.Frames, ["changed"] = steady.Changed });
        });
        return await WatermarkCommand.EndAsync(parsed, files.Length, passedOver, parsed.GetValue(FilmOptions.Json));
    }

    private static BatchPicture Picture(
        MarkedFile picture, byte[] file, WatermarkRemover remover, DecoderSandbox decoders, ParseResult parsed, CancellationToken cancel)
    {
        var made = UnmarkedPicture.Make(
            file, remover, Nothing, options => PictureRedaction.Redact(file, Nothing, [], options, cancel), new PictureOptions { Sandbox = decoders });
        if (parsed.GetValue(Mask))
            File.WriteAllBytes(Path.ChangeExtension(picture.Output, null) + ".mask.png", made.MaskFile());
        var measures = made.Look.Measures;
        return new BatchPicture(
            made.File,
            made.Look.IsEmpty
                ? "no mark found; as it was"
                : string.Create(CultureInfo.InvariantCulture, $"a mark over {measures.MaskShare:0.0%} taken off, confidence {measures.Confidence:0.00}"),
            new JsonObject { ["marked"] = !made.Look.IsEmpty, ["share"] = Math.Round(made.Look.Share, 5), ["confidence"] = made.Look.IsEmpty ? null : measures.Confidence });
    }
}
