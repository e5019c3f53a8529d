using System.Text.Json;
using LiveFace.Redaction.Policy;

namespace LiveFace.Api;

/// <summary>
/// The effects with the settings that each one uses, for pages to build their controls from. Stickers are left out, since
/// rooms are given none to draw; a policy may name the effect all the same, and then it is the drawn face.
/// </summary>
internal static class EffectCatalogue
{
    public static IReadOnlyList<EffectInfo> All { get; } =
        [.. Enum.GetValues<RuleEffect>().Where(e => e != RuleEffect.Sticker).Select(Describe)];

    private static EffectInfo Describe(RuleEffect effect)
    {
        var (title, uses) = effect switch
        {
            RuleEffect.Blur => ("Blur", (string[])["strength", "padding"]),
            RuleEffect.Mosaic => ("Mosaic", ["strength", "padding"]),
            RuleEffect.Solid => ("Solid colour", ["color", "padding"]),
            RuleEffect.Glyph => ("Drawn face", ["color", "padding"]),
            RuleEffect.Box => ("Box", ["color", "label", "padding"]),
            _ => (effect.ToString(), ["padding"]),
        };
        return new EffectInfo(JsonNamingPolicy.KebabCaseLower.ConvertName(effect.ToString()), title, effect.Hides(), uses, []);
    }
}

internal sealed record EffectInfo(string Id, string Title, bool Hides, string[] Uses, string[] Stickers);
