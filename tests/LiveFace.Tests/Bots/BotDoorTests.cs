using System.Text.Json.Nodes;
using LiveFace.Bot;
using LiveFace.Bot.Texts;
using LiveFace.Cli;
using LiveFace.Cli.Bots;

namespace LiveFace.Tests.Bots;

/// <summary>Who is answered, how often, and how updates come in.</summary>
public sealed class BotDoorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
    public async Task Updates_that_are_sent_are_taken_with_the_secret_alone()
    {
        var port = FreePort.Next();
        BotOptions? options = null;
        await using var rig = await BotRig.StartAsync(own =>
        {
            (own.Webhook, own.WebhookListen) = ("https://bot.example/telegram/hook", $"http://127.0.0.1:{port}");
            options = own;
        });
        await using var listener = BotWebhook.Build(rig.Bot, options!, rig.Log);
        await listener.StartAsync(Cancel);
        rig.Api.WebhookReachedAt = new Uri($"http://127.0.0.1:{port}/telegram/hook");
        await Eventually.IsAsync(() => rig.Api.Webhook is not null);
        var (url, secret) = rig.Api.Webhook.ShouldNotBeNull();
        url.ShouldBe(options!.Webhook);
        secret.Length.ShouldBeGreaterThanOrEqualTo(32);

        const string update = """{"update_id":1,"message":{"message_id":1,"date":1700000000,"text":"/start","chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"first_name":"A"}}}""";
        foreach (var wrong in (string?[])[null, "", "x", secret[..^1], secret + "0", secret.ToUpperInvariant()])
            (await rig.Api.PostAsync(update, wrong)).ShouldBe(403, wrong);
        (await rig.Api.PostAsync("{", secret)).ShouldBe(200, "it would come again for a day");
        (await rig.Api.PostAsync(new string(' ', (1 << 20) + 1), secret)).ShouldBe(413);
        rig.Of("sendMessage").ShouldBeEmpty();
        await rig.SayAsync("/start");
        (await rig.NextAsync("sendMessage"))["text"].ShouldBe(rig.Texts[Phrase.Welcome]);
        rig.Of("sendMessage").Count.ShouldBe(1);
        rig.Log.Text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task The_command_answers_and_takes_its_token_from_a_file_and_never_from_its_command_line()
    {
        await using var api = await BotApiStandIn.StartAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, BotApiStandIn.Token + "\n", Cancel);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            using var errors = new StringWriter();
            var run = CommandLine.RunAsync(["bot", $"--Bot:TokenFile={file}", $"--Bot:Api={api.Address}", "--Bot:Server=http://127.0.0.1:1"], TextWriter.Null, errors, stop.Token);
            await api.SendAsync(1, "en", new JsonObject { ["text"] = "/start" });
            await Eventually.IsAsync(() => api.Calls.Any(call => call.Method == "sendMessage"));
            await stop.CancelAsync();
            (await run).ShouldBe(CommandLine.Success, errors.ToString());

            await ShouldRefuseAsync("Bot:Token: others on the machine can read a command line", "--Bot:Token=1:x");
            await ShouldRefuseAsync("Bot:Token: is missing");
            await ShouldRefuseAsync("Bot:Webhook: must be an address with https.", $"--Bot:TokenFile={file}", "--Bot:Webhook=http://x.example/");
            await ShouldRefuseAsync("Bot:PerMinute: must be 1 to 6000, was 0.", $"--Bot:TokenFile={file}", "--Bot:PerMinute=0");
            await File.WriteAllTextAsync(file, "424242:another", Cancel);
            await ShouldRefuseAsync("The Bot API refuses the token or the webhook (401).", $"--Bot:TokenFile={file}", $"--Bot:Api={api.Address}");
        }
        finally
        {
            File.Delete(file);
        }
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

    private static async Task ShouldRefuseAsync(string sentence, params string[] args)
    {
        using var errors = new StringWriter();
        (await CommandLine.RunAsync(["bot", .. args], TextWriter.Null, errors, Cancel)).ShouldBe(CommandLine.Refused);
        errors.ToString().ShouldContain(sentence);
    }
}
