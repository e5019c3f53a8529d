namespace LiveFace.Bot;

/// <summary>The bot's settings; section <c>Bot</c>. docs/reference/bot.md describes them.</summary>
public sealed class BotOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Bot";

    private const int LongestSecret = 256;
    private const int LeastSecret = 16;

    /// <summary>The bot's token.</summary>
    public string Token { get; set; } = "";

    /// <summary>In its place, a file that holds it.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Where the Bot API is, when it is not Telegram's own.</summary>
    public string Api { get; set; } = "";

    /// <summary>The LiveFace server.</summary>
    public string Server { get; set; } = "http://localhost:8080";

    /// <summary>The server's access key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The preset that pictures and films are hidden by.</summary>
    public string Preset { get; set; } = "blur-faces";

    /// <summary>The ids of the chats that are answered; none is everybody.</summary>
    public IList<long> Chats { get; } = [];

    /// <summary>Messages and presses that a chat may send in a minute.</summary>
    public int PerMinute { get; set; } = 20;

    /// <summary>Films of one chat at a time.</summary>
    public int FilmsPerChat { get; set; } = 1;

    /// <summary>Films of all chats at a time.</summary>
    public int Films { get; set; } = 8;

    /// <summary>Updates that are worked on at a time.</summary>
    public int Workers { get; set; } = 4;

    /// <summary>The largest file that the Bot API hands out, in MiB.</summary>
    public int DownloadMiB { get; set; } = 20;

    /// <summary>The largest file that it takes, in MiB.</summary>
    public int UploadMiB { get; set; } = 50;

    /// <summary>A film that takes longer is given up.</summary>
    public int FilmMinutes { get; set; } = 180;

    /// <summary>How long after another change of a film's progress is shown.</summary>
    public int ProgressSeconds { get; set; } = 3;

    /// <summary>The https address that Telegram sends updates to; without it they are fetched.</summary>
    public string Webhook { get; set; } = "";

    /// <summary>Where the bot listens for them.</summary>
    public string WebhookListen { get; set; } = "http://127.0.0.1:8443";

    /// <summary>What Telegram sends along so that it is known; without it, it is made at start.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Token.Length == 0)
            problems.Add("Bot:Token: is missing; give it in the environment as LIVEFACE_Bot__Token, or name a file that holds it in Bot:TokenFile.");
        else if (!IsToken(Token))
            problems.Add("Bot:Token: is no token of a bot, which is a number, a colon, and letters and digits.");
        Address("Api", Api);
        Address("Server", Server);
        Address("WebhookListen", WebhookListen);
        Address("Webhook", Webhook);
        if (Webhook.Length > 0 && !Webhook.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            problems.Add("Bot:Webhook: must be an address with https.");
        if (WebhookSecret.Length > 0 && !(WebhookSecret.Length is >= LeastSecret and <= LongestSecret && WebhookSecret.All(IsSecretLetter)))
            problems.Add($"Bot:WebhookSecret: must be {LeastSecret} to {LongestSecret} of A-Z, a-z, 0-9, _ and -.");
        Range("PerMinute", PerMinute, 1, 6000);
        Range("FilmsPerChat", FilmsPerChat, 1, 100);
        Range("Films", Films, 1, 100);
        Range("Workers", Workers, 1, 64);
        Range("DownloadMiB", DownloadMiB, 1, 2000);
        Range("UploadMiB", UploadMiB, 1, 2000);
        Range("FilmMinutes", FilmMinutes, 1, 10_000);
        Range("ProgressSeconds", ProgressSeconds, 1, 600);
        return problems;

        void Address(string setting, string value)
        {
            if (value.Length > 0 && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")))
                problems.Add($"Bot:{setting}: must be an address with http or https.");
        }

        void Range(string setting, int value, int least, int most)
        {
            if (value < least || value > most)
                problems.Add($"Bot:{setting}: must be {least} to {most}, was {value}.");
        }
    }

    private static bool IsToken(string text) => text.Split(':') is [{ Length: > 0 and <= 16 } id, { Length: > 0 } secret]
        && id.All(char.IsAsciiDigit) && secret.All(IsSecretLetter);

    private static bool IsSecretLetter(char one) => char.IsAsciiLetterOrDigit(one) || one is '_' or '-';
}
