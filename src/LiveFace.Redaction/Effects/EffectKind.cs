namespace LiveFace.Redaction.Effects;

/// <summary>The effects that settings can name.</summary>
public enum EffectKind
{
    /// <summary>The default: the region is filled from what is round it, and nothing of it is read. Shown to people as 'blur'.</summary>
    Fill,

    /// <summary>The region is filled with pieces of what is round it, and nothing of it is read. Too slow for live pictures.</summary>
    Remove,

    /// <summary>Square cells.</summary>
    Mosaic,

    /// <summary>A plain blur. It looks soft and can be undone: for backgrounds, never for identity.</summary>
    SoftBlur,

    /// <summary>One colour.</summary>
    Solid,

    /// <summary>A drawn face over the filled region.</summary>
    Glyph,

    /// <summary>A picture with transparency over the filled region.</summary>
    Sticker,

    /// <summary>A picture that fills the region.</summary>
    Picture,
}
