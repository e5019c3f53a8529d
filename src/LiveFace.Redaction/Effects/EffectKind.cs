namespace LiveFace.Redaction.Effects;

/// <summary>The effects that a policy can name.</summary>
public enum EffectKind
{
    /// <summary>The default: the picture is reduced to a few noisy cells and then made smooth. Shown to people as 'blur'.</summary>
    Obscure,

    /// <summary>Square cells.</summary>
    Mosaic,

    /// <summary>One colour.</summary>
    Solid,
}
