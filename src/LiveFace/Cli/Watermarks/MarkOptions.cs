using System.CommandLine;
using System.Text.Json;
using LiveFace.Features.Watermarks;
using LiveFace.Films;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;

namespace LiveFace.Cli.Watermarks;

/// <summary>The mark on the command line: a text or a picture, and how it is laid.</summary>
internal static class MarkOptions
{
    private static readonly Option<string?> Text = new("--text") { Description = $"A text, 1 to {PolicyLimits.WatermarkLength} characters." };
    private static readonly Option<FileInfo?> Mark = new("--mark") { Description = "A picture with transparency (PNG, WebP), in the place of a text." };
    private static readonly Option<string> Place = OneOf<WatermarkPlace>("--place", "Where it stands");
    private static readonly Option<string> Blend = OneOf<WatermarkBlend>("--blend", "How it meets the picture");

    private static readonly Option<float> Size = new("--size")
    {
        Description = "Its width as a part of the picture's, 0.02 to 1.", DefaultValueFactory = _ => PolicyWatermark.UsualSize,
    };

    private static readonly Option<float> Opacity = new("--opacity")
    {
        Description = "How strongly it shows, 0 to 1.", DefaultValueFactory = _ => WatermarkOrder.UsualOpacity,
    };

    private static readonly Option<float> Angle = new("--angle") { Description = "By how many degrees it is turned, clockwise." };
    private static readonly Option<float?> Spacing = new("--spacing") { Description = "The gap between tiles as a part of the mark's size, 0 to 4. Usual: 0.5." };
    private static readonly Option<string?> Colour = new("--color") { Description = "The text's colour as #rrggbb. Usual: white." };

    public static Option[] All => [Text, Mark, Place, Size, Opacity, Angle, Spacing, Blend, Colour];

    /// <summary>The mark as a policy that shows everything but it, and the picture that it is.</summary>
    /// <exception cref="FileRedactionException">Something of it cannot be.</exception>
    public static async Task<(RedactionPolicy Policy, OverlayPicture? Picture)> ReadAsync(ParseResult parsed, DecoderSandbox decoders, CancellationToken cancel)
    {
        var (text, file) = (parsed.GetValue(Text), parsed.GetValue(Mark));
        if (text is null == file is null)
            throw new FileRedactionException("Name a text with --text, or a picture with --mark.");
        var policy = new RedactionPolicy
        {
            NothingHidden = true,
            Watermark = new PolicyWatermark
            {
                Text = text ?? "", Sticker = file is null ? null : WatermarkOrder.SentMark, Opacity = parsed.GetValue(Opacity), Size = parsed.GetValue(Size),
                Place = Enum.Parse<WatermarkPlace>(Joined(parsed.GetRequiredValue(Place)), ignoreCase: true), Angle = parsed.GetValue(Angle),
                Spacing = parsed.GetValue(Spacing), Blend = Enum.Parse<WatermarkBlend>(parsed.GetRequiredValue(Blend), ignoreCase: true), Color = parsed.GetValue(Colour),
            },
        };
        if (PolicyValidator.Validate(policy) is { Count: > 0 } problems)
            throw new FileRedactionException($"{string.Join("; ", problems.Select(problem => $"--{problem.Field.Split('.')[^1]} {problem.Message}"))}.");
        return (policy, file is null ? null : await PictureAsync(file, decoders, cancel));
    }

    private static async Task<OverlayPicture> PictureAsync(FileInfo file, DecoderSandbox decoders, CancellationToken cancel)
    {
        if (!file.Exists)
            throw new FileRedactionException($"There is no file {file.FullName}.");
        try
        {
            return new OverlayPicture(decoders.ReadRgba(await File.ReadAllBytesAsync(file.FullName, cancel), out _));
        }
        catch (ImageException refused)
        {
            throw new FileRedactionException($"{file.Name}: {refused.Message}", refused);
        }
    }

    private static string Joined(string word) => word.Replace("-", "", StringComparison.Ordinal);

    private static Option<string> OneOf<T>(string name, string what) where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
        var option = new Option<string>(name) { Description = $"{what}: {string.Join(", ", words)}.", DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
