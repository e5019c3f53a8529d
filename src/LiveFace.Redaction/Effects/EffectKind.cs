namespace LiveFace.Redaction.Effects;

/// <summary>The effects that settings can name.</summary>
public enum EffectKind
{
    /// <summary>The default: the picture is reduced to a few noisy cells and then made smooth. Shown to people as 'blur'.</summary>
    Obscure,

    /// <summary>Square cells.</summary>
    Mosaic,

    /// <summary>A plain blur. It looks soft and can be undone: for backgrounds, never for identity.</summary>
    SoftBlur,

    /// <summary>One colour.</summary>
    Solid,

    /// <summary>A drawn face over the obscured region.</summary>
    Glyph,

    /// <summary>A picture with transparency over the obscured region.</summary>
    Sticker,

    /// <summary>A picture that fills the region.</summary>
    Picture,
}
