using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace LiveFace.Bot.Texts;

/// <summary>What the bot says in one language; a file beside this one for each.</summary>
internal sealed class BotTexts
{
    private const string Fallback = "en";
    private const string Extension = ".json";

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly string[] _phrases;

    private BotTexts(string language, string[] phrases) => (Language, _phrases) = (language, phrases);

    /// <summary>Every language, by its code.</summary>
    public static FrozenDictionary<string, BotTexts> All { get; } = ReadAll();

    public string Language { get; }

    public string this[Phrase phrase] => _phrases[(int)phrase];

    /// <summary>The texts for somebody whose program says it speaks this language, as an IETF tag; English for who speaks another.</summary>
    public static BotTexts For(string? tag) =>
        tag is not null && All.TryGetValue(tag.Split('-', '_')[0].ToLowerInvariant(), out var texts) ? texts : All[Fallback];

    public string Say(Phrase phrase, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, this[phrase], values);

    /// <summary>Reads a file: every phrase once, and nothing else.</summary>
    internal static BotTexts Read(string language, Stream file)
    {
        var said = JsonSerializer.Deserialize<Dictionary<string, string>>(file, Strict)!;
        var phrases = Enum.GetValues<Phrase>();
        var texts = new string[phrases.Length];
        foreach (var phrase in phrases)
            texts[(int)phrase] = said.Remove(JsonNamingPolicy.CamelCase.ConvertName($"{phrase}"), out var text) && text.Length > 0
                ? text
                : throw new InvalidDataException($"The bot's texts in '{language}' lack '{phrase}'.");
        return said.Count == 0 ? new BotTexts(language, texts) : throw new InvalidDataException($"Nobody says '{said.First().Key}' in '{language}'.");
    }

    private static FrozenDictionary<string, BotTexts> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            return Read(name[..^Extension.Length], file);
        }).ToFrozenDictionary(texts => texts.Language, StringComparer.Ordinal);
    }
}
