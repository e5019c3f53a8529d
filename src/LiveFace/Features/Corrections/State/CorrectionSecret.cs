using LiveFace.Access;

namespace LiveFace.Features.Corrections.State;

/// <summary>What a correction is withdrawn by: random, told once to whoever sent it, and stored as its hash.</summary>
internal static class CorrectionSecret
{
    private const string Prefix = "lfc_";
    private static readonly int Length = Make().Length;

    public static string Make() => KeyText.Make(Prefix);

    public static bool IsValid(string? text) => text?.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    public static byte[] Hash(string text) => KeyText.Hash(text);
}
