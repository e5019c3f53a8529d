using LiveFace.Bot.Texts;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace LiveFace.Bot;

/// <summary>One update: to whom it goes, and what is said when nothing comes of it.</summary>
internal sealed class Conversation(ITelegramBotClient bot, PictureTalk pictures, FilmTalk films, BotOptions options, ILogger log)
{
    private readonly ChatLimits _limits = new(options.PerMinute, TimeProvider.System);

    public async Task HandleAsync(Update update, CancellationToken stop)
    {
        var (message, from) = update switch
        {
            { CallbackQuery: { Message: { } told } query } => (told, query.From),
            { Message: { From: { } sender } came } => (came, sender),
            _ => (null, null),
        };
        // In groups there are others in the pictures, and beside them, who did not ask.
        if (message is not { Chat.Type: ChatType.Private } || from is not { IsBot: false })
            return;
        var texts = BotTexts.For(from.LanguageCode);
#pragma warning disable CA1031 // Whatever one update does, the next one is answered.
        try
        {
            await AnswerAsync(update, message, texts, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            if (Refusals.IsOurs(error))
                log.Failed("an answer", Refusals.Describe(error));
            await ExcuseAsync(message, Refusals.Of(error).In(texts), stop);
        }
#pragma warning restore CA1031
    }

    private async Task AnswerAsync(Update update, Message message, BotTexts texts, CancellationToken stop)
    {
        var verdict = _limits.Ask(message.Chat.Id);
        if (update.CallbackQuery is { } query && verdict != ChatVerdict.Ignore)
            await bot.AnswerCallbackQuery(query.Id, cancellationToken: stop);
        if (verdict == ChatVerdict.Refuse)
            throw new BotRefusal(Phrase.TooFast);
        if (verdict == ChatVerdict.Ignore)
            return;
        if (options.Chats.Count > 0 && !options.Chats.Contains(message.Chat.Id))
            throw new BotRefusal(Phrase.NotForYou);
        if (update.CallbackQuery is { } press)
            await PressAsync(message, press.Data ?? "", texts, stop);
        else if (BotFile.FilmOf(message) is { } film)
            await films.BeginAsync(message, film, texts, stop);
        else if (BotFile.PictureOf(message) is not null)
            await pictures.AskAsync(message, texts, stop);
        else
            await bot.SendMessage(message.Chat.Id, texts[IsGreeting(message) ? Phrase.Welcome : Phrase.NotAPicture], cancellationToken: stop);
    }

    private async Task PressAsync(Message told, string wish, BotTexts texts, CancellationToken stop)
    {
        if (wish == Buttons.Cancel)
            films.Cancel(told);
        else
            await pictures.AnswerAsync(told, wish, texts, stop);
    }

    private static bool IsGreeting(Message message) => message.Text?.Split(' ', '@')[0] is "/start" or "/help";

    private async Task ExcuseAsync(Message message, string text, CancellationToken stop)
    {
#pragma warning disable CA1031 // As above; who blocked the bot, say, is not told why.
        try
        {
            await bot.SendMessage(message.Chat.Id, text, replyParameters: PictureTalk.Reply(message), cancellationToken: stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.Failed("an excuse", Refusals.Describe(error));
        }
#pragma warning restore CA1031
    }
}
