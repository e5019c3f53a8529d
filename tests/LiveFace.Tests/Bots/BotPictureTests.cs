using LiveFace.Bot.Texts;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Tests.Bots;

/// <summary>Photos sent to the bot, which answers by a real server.</summary>
public sealed class BotPictureTests
{
    private static readonly byte[] Picture = File.ReadAllBytes(Portrait.Path);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_comes_back_with_the_face_hidden_and_nothing_of_it_is_written_down()
    {
        await using var rig = await BotRig.StartAsync();
        await rig.AskAsync(() => rig.SendFileAsync(Picture, "image/png"), "hide");
        var sent = await rig.NextAsync("sendDocument");
        Portrait.FaceIn(sent.File!).ShouldBeLessThan(Likeness.Shown);
        sent["caption"].ShouldBe(rig.Texts.Say(Phrase.Hidden, 1));
        (sent.Chat, sent.FileName).ShouldBe((BotRig.Chat, "picture.png"));
        await rig.NextAsync("answerCallbackQuery");
        await rig.StopAsync();
        rig.Log.Text.ShouldContain("test_bot");
        foreach (var secret in (string[])[BotApiStandIn.Token, "AAsecret", $"{BotRig.Chat}", "FILE-", "lf_", "IMG"])
            rig.Log.Text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_photo_that_was_sent_as_one_comes_back_as_one()
    {
        await using var rig = await BotRig.StartAsync();
        // What Telegram calls a photo is a JPEG.
        var jpeg = await JpegAsync();
        await rig.AskAsync(() => rig.SendPhotoAsync(jpeg), "hide");
        var sent = await rig.NextAsync("sendPhoto");
        sent.File![..2].ShouldBe([0xFF, 0xD8]);
        Portrait.FaceIn(sent.File).ShouldBeLessThan(Likeness.Shown);
    }

    [Theory]
    [InlineData("de-AT")]
    [InlineData("es")]
    [InlineData("nl")]
    public async Task Age_and_gender_are_told_in_the_language_of_whoever_asks_or_in_English(string language)
    {
        await using var rig = await BotRig.StartAsync();
        rig.Language = language;
        await rig.AskAsync(() => rig.SendFileAsync(Picture, "image/png"), "read");
        var told = (await rig.NextAsync("sendMessage", 2))["text"];
        BotTexts.For(language).Language.ShouldBe(language == "nl" ? "en" : language[..2]);
        told.ShouldMatch($"{rig.Texts[Phrase.Female]}|{rig.Texts[Phrase.Male]}|{rig.Texts[Phrase.Unsure]}");
        var parts = rig.Texts[Phrase.OneFace].Split("{0}");
        told.ShouldStartWith(parts[0]);
        int.Parse(new string([.. told[parts[0].Length..].TakeWhile(char.IsAsciiDigit)]), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(20, 60);
    }

    [Fact]
    public async Task A_crop_is_a_smaller_picture_with_the_main_object_in_it()
    {
        await using var rig = await BotRig.StartAsync();
        await rig.AskAsync(() => rig.SendFileAsync(Picture, "image/png"), "crop");
        var cut = await rig.NextAsync("sendDocument");
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(cut.File!, pool);
        (frame.Width * frame.Height).ShouldBeLessThan(512 * 512);
        (frame.Width > Portrait.Face.Width && frame.Height > Portrait.Face.Height).ShouldBeTrue($"{frame.Width}x{frame.Height}");
        cut["caption"].ShouldBeOneOf(rig.Texts[Phrase.Cropped], rig.Texts[Phrase.CropUnsure]);
    }

    private static async Task<byte[]> JpegAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        try
        {
            using var ffmpeg = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-i", Portrait.Path, "-q:v", "2", path]);
            await ffmpeg.WaitForExitAsync(Cancel);
            return await File.ReadAllBytesAsync(path, Cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
