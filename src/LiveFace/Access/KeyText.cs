using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Access;

/// <summary>
/// Making and hashing access keys. A key that the server makes holds 32 random bytes, so a plain SHA-256 of it cannot be
/// searched; a slow hash would only slow each request.
/// </summary>
internal static class KeyText
{
    public const string KeyPrefix = "lf_";
    public const string SharePrefix = "lfs_";
    public const string TicketPrefix = "lft_";
    private const int RandomCharacters = 43;

    /// <summary>Longer texts are refused before they are hashed.</summary>
    public const int MaximumLength = 8192;

    public static string Make(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether a text has the form of a key or link that a server made, which nobody guesses.</summary>
    public static bool IsRandom(string key) =>
        (key.StartsWith(KeyPrefix, StringComparison.Ordinal) && key.Length == KeyPrefix.Length + RandomCharacters)
        || (key.StartsWith(SharePrefix, StringComparison.Ordinal) && key.Length == SharePrefix.Length + RandomCharacters);

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
