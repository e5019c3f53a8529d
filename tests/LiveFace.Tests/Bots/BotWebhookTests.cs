using System.Text.Json.Nodes;
using LiveFace.Bot;
using LiveFace.Bot.Texts;
using LiveFace.Cli;
using LiveFace.Cli.Bots;

namespace LiveFace.Tests.Bots;

/// <summary>Updates that are sent to the bot, and the command that runs it.</summary>
public sealed class BotWebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    private static async Task ShouldRefuseAsync(string sentence, params string[] args)
    {
        using var errors = new StringWriter();
        (await CommandLine.RunAsync(["bot", .. args], TextWriter.Null, errors, Cancel)).ShouldBe(CommandLine.Refused);
        errors.ToString().ShouldContain(sentence);
    }
}
