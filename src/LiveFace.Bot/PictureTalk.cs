using LiveFace.Bot.Texts;
using LiveFace.Client;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace LiveFace.Bot;

/// <summary>
/// Photos: what to do is asked below each, and the answer to a press reads the picture from the message that was asked about. So
/// nothing is remembered between a photo and a press.
/// </summary>
internal sealed class PictureTalk(ITelegramBotClient bot, LiveFaceClient client, BotFiles files, string preset)
{
    /// <summary>What the Bot API takes as a photo.</summary>
    private const int LargestPhoto = 10 << 20;

    public Task AskAsync(Message message, BotTexts texts, CancellationToken cancel) => bot.SendMessage(
        message.Chat.Id, texts[Phrase.AskPicture], replyParameters: message.Id, replyMarkup: Buttons.ForPicture(texts), cancellationToken: cancel);

    /// <exception cref="BotRefusal">There is no picture any more, or nobody asks for that.</exception>
    public async Task AnswerAsync(Message question, string wish, BotTexts texts, CancellationToken cancel)
    {
        if (question.ReplyToMessage is not { } asked || BotFile.PictureOf(asked) is not { } file)
            throw new BotRefusal(Phrase.PictureGone);
        await bot.SendChatAction(asked.Chat.Id, wish == Buttons.Read ? ChatAction.Typing : ChatAction.UploadPhoto, cancellationToken: cancel);
        using var picture = new MemoryStream(await files.FetchAsync(file, cancel));
        switch (wish)
        {
            case Buttons.Hide:
                var safe = await client.Pictures.RedactAsync(picture, file.Type, preset, cancel: cancel);
                await SendAsync(asked, file, safe.File, safe.Found > 0 ? texts.Say(Phrase.Hidden, safe.Found) : texts[Phrase.NothingHidden], cancel);
                break;
            case Buttons.Read:
                var found = await client.Pictures.DetectAsync(picture, file.Type, new DetectOptions { Models = ["faces"], Attributes = ["age", "gender"] }, cancel);
                await bot.SendMessage(asked.Chat.Id, FaceWords.Of(found.Objects, texts), replyParameters: Reply(asked), cancellationToken: cancel);
                break;
            case Buttons.Crop:
                var cropped = await client.Pictures.CutAsync(picture, file.Type, cancel);
                await SendAsync(asked, file, cropped.File, texts[cropped.Unsure ? Phrase.CropUnsure : Phrase.Cropped], cancel);
                break;
            default:
                throw new BotRefusal(Phrase.NotAPicture);
        }
    }

    /// <summary>Whoever took their message away meanwhile is answered all the same.</summary>
    internal static ReplyParameters Reply(Message message) => new() { MessageId = message.Id, AllowSendingWithoutReply = true };

    private async Task SendAsync(Message asked, BotFile file, byte[] picture, string caption, CancellationToken cancel)
    {
        using var bytes = new MemoryStream(picture);
        var sent = InputFile.FromStream(bytes, "picture" + Extension(file.Type));
        if (file.IsDocument || picture.Length > LargestPhoto)
            await bot.SendDocument(asked.Chat.Id, sent, caption, replyParameters: Reply(asked), cancellationToken: cancel);
        else
            await bot.SendPhoto(asked.Chat.Id, sent, caption, replyParameters: Reply(asked), cancellationToken: cancel);
    }

    private static string Extension(string type) => type switch
    {
        "image/png" => ".png",
        "image/webp" => ".webp",
        _ => ".jpg",
    };
}
