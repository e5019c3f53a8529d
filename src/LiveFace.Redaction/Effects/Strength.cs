namespace LiveFace.Redaction.Effects;

/// <summary>
/// One number from 0 to 100 for how strongly an effect works. It is always turned into something relative to the
/// region, so it means the same at each picture size.
/// </summary>
internal static class Strength
{
    /// <summary>From one number of cells to another, in equal ratios, so that equal steps look equal.</summary>
    public static float Between(int strength, float atZero, float atHundred) =>
        atZero * MathF.Pow(atHundred / atZero, Math.Clamp(strength, 0, 100) / 100f);
}
