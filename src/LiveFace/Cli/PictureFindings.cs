using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using LiveFace.Cli.Films;
using LiveFace.Features.Files.Detections;
using LiveFace.Films.Pictures;
using LiveFace.Films;
using LiveFace.Http;
using LiveFace.Media.Images;
using LiveFace.Vision.Attributes;

namespace LiveFace.Cli;

/// <summary>What <c>liveface detect</c> tells of pictures: a line for each find, or what <c>POST /api/detect</c> answers.</summary>
internal static class PictureFindings
{
    private const string Coco = "coco";

    public static Option<string?> Find { get; } = new("--find")
    {
        Description = "What to look for in pictures, with commas: jobs (faces, objects, outline, text) or ids of models. Usual: what the policy goes by.",
    };

    public static Option<string> Look { get; } = OneOf(new("--look")
    {
        Description = "How pictures are looked at: thorough, as hiding does, or quick, in one pass.", DefaultValueFactory = _ => PictureDetections.Thorough,
    }, PictureDetections.Thorough, PictureDetections.Quick);

    public static Option<string?> Attributes { get; } = new("--attributes") { Description = $"What to read of faces, with commas: {AskedTraits.Accepted}. Of films it is in the box file." };

    public static Option<string> Format { get; } = OneOf(new("--format")
    {
        Description = "How --json tells what is in pictures: json or coco.", DefaultValueFactory = _ => "json",
    }, "json", Coco);

    public static async Task TellAsync(ParseResult parsed, string[] pictures, FileSight sight, CancellationToken cancel)
    {
        if (pictures.Length == 0)
            return;
        var (models, policy) = await sight.ModelsForAsync(parsed.GetValue(Find), cancel);
        var readers = await sight.ReadersForAsync(parsed.GetValue(Attributes), cancel);
        var isQuick = parsed.GetRequiredValue(Look) == PictureDetections.Quick;
        foreach (var picture in pictures)
        {
            try
            {
                var file = await File.ReadAllBytesAsync(picture, cancel);
                var finds = PictureReading.Read(file, policy, models, isQuick, sandbox: sight.Decoders, readers: readers, cancel: cancel);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    parsed.GetValue(FilmOptions.Json) ? Json(picture, finds, isQuick, parsed.GetRequiredValue(Format) == Coco) : Words(picture, finds));
            }
            catch (Exception refused) when (refused is ImageException or FileRedactionException)
            {
                throw new FileRedactionException($"{picture}: {refused.Message}", refused);
            }
        }
    }

    private static string Json(string picture, PictureFinds finds, bool isQuick, bool isCoco)
    {
        var facts = (JsonObject)(isCoco
            ? JsonSerializer.SerializeToNode(CocoPicture.Of(finds), ApiJson.Options)
            : JsonSerializer.SerializeToNode(PictureDetections.Of(finds, isQuick), ApiJson.Options))!;
        if (isCoco)
            facts["images"]![0]!["file_name"] = picture;
        else
            facts.Insert(0, "file", picture);
        return facts.ToJsonString(FilmWords.Json);
    }

    private static string Words(string picture, PictureFinds finds) => string.Join(
        Environment.NewLine, finds.Finds.Select(Line).Prepend($"{picture}: {finds.Width}×{finds.Height}, {finds.Finds.Count} found"));

    private static string Line(PictureFind find) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {find.Class} {find.Score:0.00} at {find.Box.Left:0},{find.Box.Top:0} to {find.Box.Right:0},{find.Box.Bottom:0}{(find.IsHidden ? ", hidden" : "")}{Said(find)}");

    private static string Said(PictureFind find) => FaceAttributes.Of(find.Reading) is not { } read ? "" : string.Concat(
        read.Age is { } age ? string.Create(CultureInfo.InvariantCulture, $", {age.Years:0} years ({age.Low:0} to {age.High:0})") : "",
        Said("gender", read.Gender), Said("emotion", read.Emotion));

    private static string Said(string name, FaceAttributes.Word? word) =>
        word is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {name} {word.Value} ({word.Certainty:0.00})");

    private static Option<string> OneOf(Option<string> option, params string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
