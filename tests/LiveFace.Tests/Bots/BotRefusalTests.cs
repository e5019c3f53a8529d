using System.Text.Json.Nodes;
using LiveFace.Bot.Texts;

namespace LiveFace.Tests.Bots;

/// <summary>What a bot cannot do is said kindly.</summary>
public sealed class BotRefusalTests
{
    private static readonly byte[] Picture = File.ReadAllBytes(Portrait.Path);

    [Fact]
    public async Task What_cannot_be_done_is_said_kindly()
    {
        await using var rig = await BotRig.StartAsync();
        rig.Language = "ru";
        await rig.SayAsync("/start");
        (await rig.NextAsync("sendMessage", 1))["text"].ShouldBe(rig.Texts[Phrase.Welcome]);
        await rig.SayAsync("привет");
        (await rig.NextAsync("sendMessage", 2))["text"].ShouldBe(rig.Texts[Phrase.NotAPicture]);
        await rig.Api.SendAsync(BotRig.Chat, "ru", new JsonObject
        {
            ["sticker"] = new JsonObject { ["file_id"] = "x", ["file_unique_id"] = "u", ["type"] = "regular", ["width"] = 512, ["height"] = 512, ["is_animated"] = false, ["is_video"] = false },
        });
        (await rig.NextAsync("sendMessage", 3))["text"].ShouldBe(rig.Texts[Phrase.NotAPicture]);

        await rig.SendFileAsync([.. "\u0089PNG\r\n\u001a\n"u8, .. new byte[100]], "image/png");
        await rig.NextAsync("sendMessage", 4);
        await rig.Api.PressAsync(BotRig.Chat, "ru", rig.Api.LastSent[BotRig.Chat], "hide");
        (await rig.NextAsync("sendMessage", 5))["text"].ShouldBe(rig.Texts[Phrase.PictureBroken]);
        // Sizes that messages name are not believed.
        await rig.Api.SendAsync(BotRig.Chat, "ru", new JsonObject { ["photo"] = new JsonArray(new JsonObject { ["file_id"] = rig.Api.AddFile(new byte[(20 << 20) + 1]), ["file_unique_id"] = "u", ["width"] = 9, ["height"] = 9 }) });
        await rig.NextAsync("sendMessage", 6);
        await rig.Api.PressAsync(BotRig.Chat, "ru", rig.Api.LastSent[BotRig.Chat], "read");
        (await rig.NextAsync("sendMessage", 7))["text"].ShouldBe(rig.Texts.Say(Phrase.FileTooLarge, 20));
        // A button below a message that answers none, as a picture that was deleted leaves it.
        await rig.Api.PressAsync(BotRig.Chat, "ru", rig.Api.LastSent[BotRig.Chat] - 5, "hide");
        (await rig.NextAsync("sendMessage", 8))["text"].ShouldBe(rig.Texts[Phrase.PictureGone]);
        rig.Log.Text.ShouldNotContain("answer:", customMessage: "nothing of it is the bot's fault");
    }

    [Fact]
    public async Task A_server_that_is_down_or_refuses_the_key_is_said_without_naming_it()
    {
        await using (var rig = await BotRig.StartAsync(options => options.Key = "lf_wrong"))
        {
            await rig.AskAsync(() => rig.SendFileAsync(Picture, "image/png"), "hide");
            (await rig.NextAsync("sendMessage", 2))["text"].ShouldBe(rig.Texts[Phrase.ServerRefused]);
            rig.Log.Text.ShouldContain("key-invalid");
        }

        await using var alone = await BotRig.StartAsync(options => options.Server = $"http://127.0.0.1:{FreePort.Next()}");
        await alone.AskAsync(() => alone.SendFileAsync(Picture, "image/png"), "crop");
        (await alone.NextAsync("sendMessage", 2))["text"].ShouldBe(alone.Texts[Phrase.ServerDown]);
    }
}
