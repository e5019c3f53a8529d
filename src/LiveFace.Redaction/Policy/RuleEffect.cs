namespace LiveFace.Redaction.Policy;

/// <summary>What is done to a part of the picture.</summary>
public enum RuleEffect
{
    /// <summary>Filled from what is round it, so that it looks blurred: the default. Nothing of it is read.</summary>
    Blur,

    /// <summary>Few coarse cells with visible edges.</summary>
    Mosaic,

    /// <summary>One colour.</summary>
    Solid,

    /// <summary>A drawn face over the filled region, or over one colour.</summary>
    Glyph,

    /// <summary>A picture out of the server's stickers over the filled region, or over one colour.</summary>
    Sticker,

    /// <summary>The background carried on with pieces of itself, as if nothing had been there. For pictures and films; a live room has no time for it.</summary>
    Remove,

    /// <summary>A frame, and a label if asked for; hides nothing.</summary>
    Box,
}

/// <summary>What can be asked of an effect. Each is named where it may be trusted: one that is new is not, until it is named.</summary>
public static class RuleEffects
{
    /// <summary>Whether the effect takes away what lies under it.</summary>
    public static bool Hides(this RuleEffect effect) => effect == RuleEffect.Mosaic || effect.LeavesNothing();

    /// <summary>Whether nothing that it puts there was computed from what lies under it.</summary>
    internal static bool LeavesNothing(this RuleEffect effect) =>
        effect is RuleEffect.Blur or RuleEffect.Solid or RuleEffect.Glyph or RuleEffect.Sticker or RuleEffect.Remove;
}
