using LiveFace.Bot.Texts;
using Telegram.Bot.Types.ReplyMarkups;

namespace LiveFace.Bot;

/// <summary>The buttons under the bot's messages. What one carries is a word: which picture it is for, its message says.</summary>
internal static class Buttons
{
    public const string Hide = "hide";
    public const string Read = "read";
    public const string Crop = "crop";
    public const string Cancel = "cancel";

    public static InlineKeyboardMarkup ForPicture(BotTexts texts) => new(
    [
        [InlineKeyboardButton.WithCallbackData(texts[Phrase.Hide], Hide)],
        [InlineKeyboardButton.WithCallbackData(texts[Phrase.Read], Read), InlineKeyboardButton.WithCallbackData(texts[Phrase.Crop], Crop)],
    ]);

    public static InlineKeyboardMarkup ForFilm(BotTexts texts) => new(InlineKeyboardButton.WithCallbackData(texts[Phrase.Cancel], Cancel));
}
