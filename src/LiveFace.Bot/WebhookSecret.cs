using System.Security.Cryptography;
using System.Text;

namespace LiveFace.Bot;

/// <summary>What Telegram sends with each update, so that nobody else's are taken for it.</summary>
public sealed class WebhookSecret
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Telegram-Bot-Api-Secret-Token";

    private const int Letters = 64;
    private readonly byte[] _hash;

    /// <summary>A secret that was chosen, or a new one where that is empty.</summary>
    public WebhookSecret(string chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        Value = chosen.Length > 0 ? chosen : RandomNumberGenerator.GetHexString(Letters, lowercase: true);
        _hash = Hash(Value);
    }

    /// <summary>The secret itself, for Telegram alone.</summary>
    internal string Value { get; }

    /// <summary>Whether it is the secret; that takes as long whatever was sent.</summary>
    public bool Is(string? sent) => CryptographicOperations.FixedTimeEquals(Hash(sent ?? ""), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
