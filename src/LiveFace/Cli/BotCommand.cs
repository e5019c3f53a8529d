using System.CommandLine;
using LiveFace.Bot;
using LiveFace.Cli.Bots;
using LiveFace.Hosting;

namespace LiveFace.Cli;

/// <summary><c>liveface bot</c>: a Telegram bot in front of any LiveFace server. Everything after the verb is configuration.</summary>
internal static class BotCommand
{
    private const string KeyVariable = "KEY";
    private const int LongestToken = 4096;

    public static Command Create()
    {
        var command = new Command("bot", "Answers in Telegram, by a LiveFace server. Settings: --Bot:Setting value; docs/reference/bot.md has them.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancel) => RunAsync([.. parsed.UnmatchedTokens], parsed.InvocationConfiguration.Error, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, TextWriter errors, CancellationToken cancel)
    {
        var problems = new List<string>();
        foreach (var secret in (string[])["Bot:Token", "Bot:Key", "Bot:WebhookSecret"])
            if (Array.Exists(args, one => IsSetting(one, secret)))
                problems.Add($"{secret}: others on the machine can read a command line; give it in the environment as LIVEFACE_{secret.Replace(":", "__", StringComparison.Ordinal)}.");
        var options = Read(args);
        problems.AddRange(options.Problems());
        foreach (var problem in problems)
            await errors.WriteLineAsync(problem);
        if (problems.Count > 0)
            return CommandLine.Refused;
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        return await RunAsync(options, logs.CreateLogger("LiveFace.Bot"), errors, cancel);
    }

    private static async Task<int> RunAsync(BotOptions options, ILogger log, TextWriter errors, CancellationToken cancel)
    {
        using var bot = new LiveFaceBot(options, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var signal = StopSignal.WaitAsync(stop.Token);
        try
        {
            await using var webhook = options.Webhook.Length > 0 ? BotWebhook.Build(bot, options, log) : null;
            if (webhook is not null)
                await webhook.StartAsync(stop.Token);
            var run = bot.RunAsync(stop.Token);
            await Task.WhenAny(run, signal);
            await stop.CancelAsync();
            await run;
            return CommandLine.Success;
        }
        catch (InvalidOperationException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return CommandLine.Refused;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return CommandLine.Success;
        }
        finally
        {
            await stop.CancelAsync();
            await signal;
        }
    }

    private static BotOptions Read(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("LIVEFACE_").AddCommandLine(args).Build();
        var options = configuration.GetSection(BotOptions.Section).Get<BotOptions>() ?? new BotOptions();
        if (options.Key.Length == 0)
            options.Key = configuration[KeyVariable] ?? "";
        if (options is { Token.Length: 0, TokenFile.Length: > 0 })
        {
            using var file = new StreamReader(options.TokenFile);
            var text = new char[LongestToken];
            options.Token = new string(text, 0, file.ReadBlock(text)).Trim();
        }

        return options;
    }

    private static bool IsSetting(string argument, string setting) =>
        argument.Split('=')[0].TrimStart('-', '/').Equals(setting, StringComparison.OrdinalIgnoreCase);
}
