using Microsoft.Extensions.Logging;

namespace LiveFace.Bot;

/// <summary>Everything that the bot writes down: no chat, no person, no picture, no address, no token.</summary>
internal static partial class BotLog
{
    [LoggerMessage(1, LogLevel.Information, "The bot is there as @{Name}, and {Way}")]
    public static partial void Started(this ILogger log, string name, string way);

    [LoggerMessage(2, LogLevel.Warning, "{Place}: {What}")]
    public static partial void Failed(this ILogger log, string place, string what);

    [LoggerMessage(3, LogLevel.Information, "Deleted {Count} films on the server that an earlier run had left")]
    public static partial void Swept(this ILogger log, int count);
}
