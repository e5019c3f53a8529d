using System.Text.Json.Nodes;
using LiveFace.Bot;
using LiveFace.Bot.Texts;

namespace LiveFace.Tests.Bots;

/// <summary>Who is answered, how often, and how updates come in.</summary>
public sealed class BotDoorTests
{
    [Fact]
    public async Task A_chat_that_asks_too_often_is_told_so_once_and_others_are_answered()
    {
        await using var rig = await BotRig.StartAsync(options => (options.PerMinute, options.Workers) = (3, 1));
        for (var i = 0; i < 8; i++)
            await rig.SayAsync("/help");
        await rig.Api.SendAsync(BotRig.Chat + 1, "en", new JsonObject { ["text"] = "/help" });
        await Eventually.IsAsync(() => rig.Of("sendMessage").Exists(call => call.Chat == BotRig.Chat + 1));
        rig.Of("sendMessage").Where(call => call.Chat == BotRig.Chat).Select(call => call["text"])
            .ShouldBe([rig.Texts[Phrase.Welcome], rig.Texts[Phrase.Welcome], rig.Texts[Phrase.Welcome], rig.Texts[Phrase.TooFast]]);
    }

    [Fact]
    public async Task Groups_and_chats_that_are_not_named_get_no_work_done()
    {
        await using var rig = await BotRig.StartAsync(options =>
        {
            options.Workers = 1;
            options.Chats.Add(BotRig.Chat);
        });
        await rig.Api.SendAsync(-100, "en", new JsonObject { ["text"] = "/start" }, "group");
        await rig.Api.SendAsync(55, "de", new JsonObject { ["text"] = "/start" });
        await rig.SayAsync("/start");
        await rig.NextAsync("sendMessage", 2);
        rig.Of("sendMessage").Select(call => (call.Chat, call["text"])).ShouldBe([(55, BotTexts.For("de")[Phrase.NotForYou]), (BotRig.Chat, rig.Texts[Phrase.Welcome])]);
    }

    [Fact]
    public async Task What_is_known_of_chats_is_bounded_and_whoever_was_refused_is_not_let_in_by_that()
    {
        var clock = new ManualClock();
        var limits = new ChatLimits(1, clock);
        limits.Ask(1).ShouldBe(ChatVerdict.Answer);
        limits.Ask(1).ShouldBe(ChatVerdict.Refuse);
        for (var chat = 2; chat < ChatLimits.Most; chat++)
            limits.Ask(chat);
        limits.Ask(1).ShouldBe(ChatVerdict.Ignore);
        for (var chat = ChatLimits.Most; chat < 3 * ChatLimits.Most; chat++)
        {
            limits.Ask(chat);
            limits.Known.ShouldBeLessThanOrEqualTo(ChatLimits.Most);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        limits.Ask(3 * ChatLimits.Most).ShouldBe(ChatVerdict.Answer);
        limits.Known.ShouldBe(1, "the others' buckets are full again");
        await Task.CompletedTask;
    }

    [Fact]
    public void Every_language_says_everything_with_the_same_values_in_it()
    {
        BotTexts.All.Keys.ShouldBe(["de", "en", "es", "fr", "ru"], ignoreOrder: true);
        foreach (var texts in BotTexts.All.Values)
            foreach (var phrase in Enum.GetValues<Phrase>())
                for (var value = 0; value < 5; value++)
                    texts[phrase].Contains($"{{{value}", StringComparison.Ordinal).ShouldBe(BotTexts.All["en"][phrase].Contains($"{{{value}", StringComparison.Ordinal), $"{texts.Language}: {phrase}");
        foreach (var broken in (string[])["""{"welcome":"a"}""", """{"welcome":"a","welcome":"b"}""", "{}"])
            Should.Throw<Exception>(() => BotTexts.Read("xx", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(broken))));
    }
}
