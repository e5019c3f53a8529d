namespace LiveFace.Redaction.Policy;

/// <summary>What is done to a part of the picture.</summary>
public enum RuleEffect
{
    /// <summary>Few coarse cells, noise, then smoothing: soft to look at, and the default, since it destroys first.</summary>
    Blur,

    /// <summary>Few coarse cells with visible edges.</summary>
    Mosaic,

    /// <summary>One colour.</summary>
    Solid,

    /// <summary>A drawn face over one colour.</summary>
    Glyph,

    /// <summary>A picture out of the server's stickers over one colour.</summary>
    Sticker,

    /// <summary>The background carried on with pieces of itself, as if nothing had been there. For pictures and films; a live room has no time for it.</summary>
    Remove,

    /// <summary>A frame, and a label if asked for; hides nothing.</summary>
    Box,
}

/// <summary>What can be asked of an effect.</summary>
public static class RuleEffects
{
    /// <summary>Whether the effect takes away what lies under it.</summary>
    public static bool Hides(this RuleEffect effect) => effect != RuleEffect.Box;
}
