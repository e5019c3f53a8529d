using System.Security.Cryptography;

namespace LiveFace.Features.Jobs.State;

/// <summary>The name of a job: random, so that nobody guesses another's; of a cluster's, with its node before that, <c>b~3f…</c>.</summary>
internal static class JobId
{
    private const int Length = 32;
    private const char NodeMark = '~';

    public static string Make() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>It becomes the name of a folder.</summary>
    public static bool IsValid(string? id)
    {
        if (id is null || id.Length < Length)
            return false;
        var node = id.AsSpan(..^Length);
        foreach (var letter in id.AsSpan(^Length..))
            if (!char.IsAsciiHexDigitLower(letter))
                return false;
        return node.IsEmpty || (node.Length > 1 && node[^1] == NodeMark && IsName(node[..^1]));
    }

    /// <summary>The node that a job was sent to; null of one that no cluster made.</summary>
    public static string? NodeOf(string id) => IsValid(id) && id.Length > Length ? id[..^(Length + 1)] : null;

    private static bool IsName(ReadOnlySpan<char> node)
    {
        foreach (var letter in node)
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '-')
                return false;
        return true;
    }
}

/// <summary>How jobs of this server are called.</summary>
/// <param name="Prefix">Its node with a mark behind it; empty where it is alone.</param>
internal sealed record JobNames(string Prefix)
{
    public string Make() => Prefix + JobId.Make();
}
