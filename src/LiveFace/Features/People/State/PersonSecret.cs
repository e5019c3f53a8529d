using LiveFace.Access;

namespace LiveFace.Features.People.State;

/// <summary>What a person withdraws by: random, told once when they were enrolled, and stored as its hash.</summary>
internal static class PersonSecret
{
    public const string Prefix = "lfp_";
    private static readonly int Length = Make().Length;

    public static string Make() => KeyText.Make(Prefix);

    public static bool IsValid(string? text) => text?.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    public static byte[] Hash(string text) => KeyText.Hash(text);
}
