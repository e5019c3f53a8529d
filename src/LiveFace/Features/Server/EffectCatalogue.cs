using System.Text.Json;
using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Server;

/// <summary>
/// The effects with the settings that each one uses, for pages to build their controls from.
/// </summary>
internal static class EffectCatalogue
{
    public static IEnumerable<EffectInfo> All(IEnumerable<string> stickers) =>
        Enum.GetValues<RuleEffect>().Select(effect => Describe(effect, effect == RuleEffect.Sticker ? [.. stickers] : []));

    private static EffectInfo Describe(RuleEffect effect, string[] stickers)
    {
        var (title, uses) = effect switch
        {
            RuleEffect.Blur => ("Blur", (string[])["strength", "padding"]),
            RuleEffect.Mosaic => ("Mosaic", ["strength", "padding"]),
            RuleEffect.Solid => ("Solid colour", ["color", "padding"]),
            RuleEffect.Glyph => ("Drawn face", ["color", "padding"]),
            RuleEffect.Sticker => ("Sticker", ["sticker", "strength", "color", "padding"]),
            RuleEffect.Remove => ("Remove", ["padding"]),
            RuleEffect.Box => ("Box", ["color", "label", "padding"]),
            _ => (effect.ToString(), ["padding"]),
        };
        return new EffectInfo(JsonNamingPolicy.KebabCaseLower.ConvertName(effect.ToString()), title, effect.Hides(), effect.IsLive(), uses, stickers);
    }
}

internal sealed record EffectInfo(string Id, string Title, bool Hides, bool Live, string[] Uses, string[] Stickers);
