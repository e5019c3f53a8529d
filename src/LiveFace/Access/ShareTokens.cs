using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Access;

/// <summary>
/// Room-scoped tokens that the server signs and does not store:
/// <c>lfs_</c> + base64url(<c>roles|expires|epoch|pattern</c>) + <c>.</c> + base64url(HMAC-SHA-256).
/// The epoch belongs to the pattern's room; raising it takes all links of that room back.
/// </summary>
internal sealed class ShareTokens(byte[] secret, Func<string, int> epochOf)
{
    public string Make(Roles roles, RoomPattern pattern, string room, DateTimeOffset expires)
    {
        var body = Encoding.UTF8.GetBytes(
            $"{(int)roles}|{expires.ToUnixTimeSeconds()}|{epochOf(room)}|{room}|{pattern.Text}");
        return $"{KeyText.SharePrefix}{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(Sign(body))}";
    }

    /// <summary>Null when the token was not signed here or has been taken back; it may have expired.</summary>
    public Grant? Read(string token)
    {
        if (!token.StartsWith(KeyText.SharePrefix, StringComparison.Ordinal))
            return null;
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0
            || !TryDecode(token.AsSpan(KeyText.SharePrefix.Length, dot - KeyText.SharePrefix.Length), out var body)
            || !TryDecode(token.AsSpan(dot + 1), out var signature)
            || !CryptographicOperations.FixedTimeEquals(signature, Sign(body)))
            return null;

        // The signature stands, so the text is ours and has the shape that Make gave it.
        var parts = Encoding.UTF8.GetString(body).Split('|');
        if (parts.Length != 5
            || int.Parse(parts[2]) != epochOf(parts[3])
            || !RoomPattern.TryParse(parts[4], out var pattern))
            return null;
        return new Grant(
            "share link", (Roles)int.Parse(parts[0]), pattern, DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1])));
    }

    private byte[] Sign(byte[] body) => HMACSHA256.HashData(secret, body);

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.IsEmpty || !Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
