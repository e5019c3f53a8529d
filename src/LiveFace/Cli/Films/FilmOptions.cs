using System.CommandLine;
using LiveFace.Films.Detection;
using LiveFace.Films.Pictures;
using LiveFace.Films.Redacting;
using LiveFace.Films.Rendering;
using LiveFace.Redaction.Policy;

namespace LiveFace.Cli.Films;

/// <summary>What the commands for pictures and films have in common on the command line.</summary>
internal static class FilmOptions
{
    public static Option<string> Preset { get; } = new("--preset")
    {
        Description = $"One of {string.Join(", ", PolicyPresets.All.Select(policy => policy.Preset))}.",
        DefaultValueFactory = _ => PolicyPresets.BlurFaces.Preset!,
    };

    public static Option<FileInfo?> Policy { get; } = new("--policy") { Description = "A policy as JSON, in the place of a preset." };

    public static Option<int?> Every { get; } = WithRange(new("--every")
    {
        Description = "Look thoroughly at each n-th picture of a film, 1 to 1000, and in one pass at those between. "
            + $"Usual: {new DetectionOptions().ThoroughEvery}; with --one-pass each picture, and 10 at most.",
    }, 1, 1000);

    public static Option<int?> Crf { get; } = WithRange(new("--crf")
    {
        Description = $"Quality of films, 0 (best) to 51, as x264 counts it. Usual: {RenderOptions.UsualQuality}, in not much more bits than the film has.",
    }, 0, 51);

    public static Option<string?> Boxes { get; } = new("--boxes") { Description = "The box file. Usual: NAME.boxes.json beside the film." };

    public static Option<bool> AllowFinds { get; } = new("--allow-finds")
    {
        Description = "Write a film although the last look at it was still sure of something.",
    };

    public static Option<int?> Rounds { get; } = WithRange(new("--rounds")
    {
        Description = "How often, at most, a film is written and looked at again, 1 to 10. Usual: 6.",
    }, 1, 10);

    public static Option<bool> Json { get; } = new("--json") { Description = "One line of JSON for each file, and nothing else." };

    public static Option<bool> Force { get; } = new("--force") { Description = "Replace files that exist." };

    public static Option<string?> Models { get; } = new("--models") { Description = "The folder of models.json." };

    public static Option<string> Sandbox { get; } = OneOf(new("--sandbox")
    {
        Description = "Whether pictures and films are opened in confined processes: required, preferred or off.",
        DefaultValueFactory = _ => "preferred",
    }, "required", "preferred", "off");

    public static Option<string> Device { get; } = new("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };

    public static DetectionOptions Detection(ParseResult parsed) =>
        parsed.GetValue(Every) is { } every ? new DetectionOptions { ThoroughEvery = every } : new DetectionOptions();

    public static FilmWork Work(ParseResult parsed, FilmFile film, FileSight sight, IProgress<FilmProgress>? progress, AskedReaders? attributes = null) => new(film, sight.Models, sight.Policy)
    {
        Detection = Detection(parsed), ModelHashes = sight.ModelHashes, Progress = progress, Readers = sight.PolicyReaders, Attributes = attributes,
        MostRounds = parsed.GetValue(Rounds) ?? FilmWork.UsualRounds, AllowsFinds = parsed.GetValue(AllowFinds),
        Rendering = new RenderOptions
        {
            Tools = sight.Tools, Overwrite = parsed.GetValue(Force), Quality = parsed.GetValue(Crf),
        },
    };

    /// <summary>The box file of a film, by its name.</summary>
    public static string BoxesFor(string film) => Path.ChangeExtension(film, null) + ".boxes.json";

    private static Option<int?> WithRange(Option<int?> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
                result.AddError($"{option.Name} has to be a number from {least} to {most}.");
        });
        return option;
    }

    private static Option<string> OneOf(Option<string> option, params string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
