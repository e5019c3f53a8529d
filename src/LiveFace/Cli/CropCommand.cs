using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Features.Files;
using LiveFace.Features.Files.Detections;
using LiveFace.Films;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Cli;

/// <summary><c>liveface crop</c>: tells the box of the main object of pictures.</summary>
internal static class CropCommand
{
    private static readonly Argument<string[]> Inputs = new("pictures") { Description = "Pictures (JPEG, PNG, WebP).", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command("crop", "Tells the box of the main object of pictures: a face, an object, or what stands out.")
        {
            Inputs, FilmOptions.Json, FilmOptions.Models, FilmOptions.Device, FilmOptions.Sandbox,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var pictures = FileInputs.Expand(parsed.GetRequiredValue(Inputs), filmsOnly: false);
        if (Array.Find(pictures, picture => !FileInputs.IsPicture(picture)) is { } other)
            throw new FileRedactionException($"{other} is no picture; its name has to end in .jpg, .png or .webp.");
        using var models = await FileModels.OpenAsync(
            ModelCatalogue.Load(ModelCatalogue.Locate(parsed.GetValue(FilmOptions.Models))), PictureFraming.Models,
            new InferenceOptions { Device = parsed.GetRequiredValue(FilmOptions.Device) }, progress: null, cancel);
        using var decoders = new DecoderSandbox(
            Enum.Parse<SandboxMode>(parsed.GetRequiredValue(FilmOptions.Sandbox), ignoreCase: true), WorkerCommand.Beside("liveface"));
        foreach (var picture in pictures)
        {
            try
            {
                var found = PictureFraming.Find(await File.ReadAllBytesAsync(picture, cancel), models.All, sandbox: decoders, cancel: cancel);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(FilmOptions.Json) ? Json(picture, found) : Words(picture, found));
            }
            catch (Exception refused) when (refused is ImageException or FileRedactionException)
            {
                throw new FileRedactionException($"{picture}: {refused.Message}", refused);
            }
        }

        return CommandLine.Success;
    }

    private static string Json(string picture, PictureFrame found)
    {
        var facts = (JsonObject)JsonSerializer.SerializeToNode(PictureCrop.Of(found), ApiJson.Options)!;
        facts.Insert(0, "file", picture);
        return facts.ToJsonString(FilmWords.Json);
    }

    private static string Words(string picture, PictureFrame found)
    {
        var (main, by) = (found.Main, found.Main.By.ToString().ToLowerInvariant());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{picture}: {main.Box.Left:0},{main.Box.Top:0} to {main.Box.Right:0},{main.Box.Bottom:0} by {by}{(main.Class is { } name ? $" ({name})" : "")}, certainty {main.Certainty:0.00}{(main.IsUnsure ? ", unsure" : "")}");
    }
}
