using System.Globalization;

namespace LiveFace.Accuracy.Sight;

/// <summary>What the command line asks of the tables of stills and clips.</summary>
internal sealed record SightOptions
{
    /// <summary>Lists of pictures (<see cref="FacesFile"/>); none stands for the built-in ones.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Folders of WIDER FACE.</summary>
    public IReadOnlyList<string> Wider { get; init; } = [];

    public IReadOnlyList<string> Models { get; init; } = ["ultraface"];

    public IReadOnlyList<string> Looks { get; init; } = ["whole", "live", "offline"];

    /// <summary>At most so many pictures of each kind, evenly spread; 0 is all.</summary>
    public int Most { get; init; }

    /// <summary>The longer side that larger pictures are brought to.</summary>
    public int Side { get; init; } = 640;

    /// <summary>Pictures of films between two that are looked at thoroughly; null is as the product does.</summary>
    public int? Every { get; init; }

    public bool Curve { get; init; }

    /// <summary>The folder that hidden pictures are written to, to be looked at; null for none.</summary>
    public string? Write { get; init; }

    /// <exception cref="InvalidDataException">A word is not known; the message says which are.</exception>
    public static SightOptions Read(ReadOnlySpan<string> words)
    {
        var options = new SightOptions();
        for (var i = 0; i < words.Length; i++)
        {
            var value = i + 1 < words.Length ? words[i + 1] : "";
            options = words[i] switch
            {
                "--list" => options with { Lists = [.. options.Lists, value] },
                "--wider" => options with { Wider = [.. options.Wider, value] },
                "--models" => options with { Models = value.Split(',') },
                "--looks" => options with { Looks = value.Split(',') },
                "--most" => options with { Most = Number(value) },
                "--every" => options with { Every = Number(value) },
                "--side" => options with { Side = Number(value) },
                "--write" => options with { Write = Directory.CreateDirectory(value).FullName },
                "--curve" => options with { Curve = true },
                _ => throw new InvalidDataException($"'{words[i]}' is none of --list FILE, --wider FOLDER, --models a,b, --looks whole,live,offline, --most N, --side PIXELS, --every N, --write FOLDER or --curve."),
            };
            i += words[i] == "--curve" ? 0 : 1;
        }

        return options;
    }

    public List<SightPicture> Sample(List<SightPicture> pictures) => Most <= 0 ? pictures :
        [.. pictures.GroupBy(picture => picture.Group).SelectMany(group => Evenly([.. group]))];

    private IEnumerable<SightPicture> Evenly(SightPicture[] group) =>
        Enumerable.Range(0, Math.Min(Most, group.Length)).Select(i => group[(int)((long)i * group.Length / Math.Min(Most, group.Length))]);

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidDataException($"'{text}' is no number.");
}
