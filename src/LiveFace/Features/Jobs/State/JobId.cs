using System.Security.Cryptography;

namespace LiveFace.Features.Jobs.State;

/// <summary>The name of a job: random, so that nobody guesses another's.</summary>
internal static class JobId
{
    private const int Length = 32;

    public static string Make() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>It becomes the name of a folder.</summary>
    public static bool IsValid(string? id) => id is { Length: Length } && id.All(char.IsAsciiHexDigitLower);
}
