namespace LiveFace.Features.Collections;

/// <summary>What collections and their items may be called: names of collections are names of files.</summary>
internal static class ItemNames
{
    public const string Accepted = "1 to 64 of a-z, A-Z, 0-9, '-', '_' and '.', and begin with none of the last three";

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= 64 } && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
