using System.Buffers;

namespace LiveFace.Access;

/// <summary>What a room may be called: short, safe in an address, a file name and a log line.</summary>
internal static class RoomName
{
    public const int MaximumLength = 64;

    public const string Accepted = "1 to 64 characters of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit";

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is >= 1 and <= MaximumLength
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.ContainsAnyExcept(Letters);
}
