using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.ReplyMarkups;
using Microsoft.Extensions.Logging;

namespace LiveFace.Bot;

/// <summary>The message that tells how far a film is: edited, never more often than the Bot API likes, and never for the same words.</summary>
internal sealed class FilmNote(ITelegramBotClient bot, Message message, TimeSpan least, TimeProvider time, ILogger log)
{
    private string _shown = message.Text ?? "";
    private long _at = time.GetTimestamp();

    /// <summary>Shows where it is, unless something was shown just now.</summary>
    public async Task ShowAsync(string text, InlineKeyboardMarkup buttons, CancellationToken cancel)
    {
        if (text != _shown && time.GetElapsedTime(_at) >= least)
            await EditAsync(text, buttons, cancel);
    }

    /// <summary>Shows what came of it.</summary>
    public Task EndAsync(string text, CancellationToken cancel) => EditAsync(text, buttons: null, cancel);

    private async Task EditAsync(string text, InlineKeyboardMarkup? buttons, CancellationToken cancel)
    {
        (_shown, _at) = (text, time.GetTimestamp());
        try
        {
            await bot.EditMessageText(message.Chat.Id, message.Id, text, replyMarkup: buttons, cancellationToken: cancel);
        }
        catch (RequestException error)
        {
            // Somebody deleted it, say: the film goes on without.
            log.Failed("a film's progress", Refusals.Describe(error));
        }
    }
}
