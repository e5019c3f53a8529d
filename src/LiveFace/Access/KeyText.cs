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

    /// <summary>Longer texts are refused before they are hashed.</summary>
    public const int MaximumLength = 1024;

    public static string Make() => KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
