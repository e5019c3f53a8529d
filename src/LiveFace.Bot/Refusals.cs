using LiveFace.Bot.Texts;
using LiveFace.Client;
using Telegram.Bot.Exceptions;

namespace LiveFace.Bot;

/// <summary>What went wrong, as it is said to whoever asked, and as it is written down: without a word of theirs.</summary>
internal static class Refusals
{
    /// <summary>The answer to whoever asked.</summary>
    public static BotRefusal Of(Exception error) => error switch
    {
        BotRefusal refusal => refusal,
        LiveFaceException refused => new BotRefusal(refused.Code switch
        {
            "request-invalid" or "media-type-unsupported" or "too-large" => Phrase.PictureBroken,
            "key-required" or "key-invalid" or "key-expired" or "not-allowed" or "foreign-host" or "foreign-origin" => Phrase.ServerRefused,
            "too-busy" or "too-many-requests" or "too-slow" or "quota-reached" or "shutting-down" or "cluster-unavailable" or "storage-failed" => Phrase.ServerBusy,
            _ => Phrase.Failed,
        }),
        HttpRequestException or IOException or TaskCanceledException { InnerException: TimeoutException } => new BotRefusal(Phrase.ServerDown),
        _ => new BotRefusal(Phrase.Failed),
    };

    /// <summary>Whether it is the bot's or a server's, and somebody who runs it should know.</summary>
    public static bool IsOurs(Exception error) =>
        error is not OperationCanceledException && Of(error).Phrase is Phrase.Failed or Phrase.ServerDown or Phrase.ServerRefused or Phrase.ServerBusy;

    /// <summary>
    /// Kind and code alone. A message of an error can have an address in it, and addresses of the Bot API have the token in them.
    /// </summary>
    public static string Describe(Exception error) => error switch
    {
        LiveFaceException refused => $"{refused.Code} ({refused.Status})",
        ApiRequestException refused => $"the Bot API answered {refused.ErrorCode}",
        RequestException { InnerException: { } inner } => $"the Bot API does not answer ({inner.GetType().Name})",
        HttpRequestException failed => $"the server does not answer ({failed.HttpRequestError})",
        BotRefusal refusal => $"{refusal.Phrase}",
        _ => error.GetType().Name,
    };
}
