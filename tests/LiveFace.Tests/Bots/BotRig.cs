using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Bot;
using LiveFace.Bot.Texts;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.Logging;

namespace LiveFace.Tests.Bots;

/// <summary>The bot between a Bot API and a real server, and somebody who talks to it.</summary>
internal sealed class BotRig : IAsyncDisposable
{
    /// <summary>Of the chat, and of whoever it is with.</summary>
    public const long Chat = 7_700_770_077;

    private readonly CancellationTokenSource _stop = new();
    private readonly LiveFaceBot _bot;
    private Task _run = Task.CompletedTask;

    private BotRig(BotApiStandIn api, RunningServer server, BotOptions options)
    {
        (Api, Server) = (api, server);
        _bot = new LiveFaceBot(options, Log);
    }

    public BotApiStandIn Api { get; }

    public RunningServer Server { get; }

    public TracedLog Log { get; } = new();

    public LiveFaceBot Bot => _bot;

    public string Language { get; set; } = "en";

    public BotTexts Texts => BotTexts.For(Language);

    public static async Task<BotRig> StartAsync(Action<BotOptions>? change = null, Func<RunningServer, Task>? before = null, int filmWorkers = 1)
    {
        var api = await BotApiStandIn.StartAsync();
        var server = await RunningServer.StartLockedAsync($"--Films:Workers={filmWorkers}");
        if (before is not null)
            await before(server);
        var options = new BotOptions
        {
            Token = BotApiStandIn.Token, Api = api.Address.AbsoluteUri, Server = server.Address.AbsoluteUri, Key = server.MakeKey(Roles.Publish), ProgressSeconds = 1,
        };
        change?.Invoke(options);
        options.Problems().ShouldBeEmpty();
        var rig = new BotRig(api, server, options);
        rig._run = rig._bot.RunAsync(rig._stop.Token);
        return rig;
    }

    public Task<int> SayAsync(string text) => Api.SendAsync(Chat, Language, new JsonObject { ["text"] = text });

    public Task<int> SendPhotoAsync(byte[] picture) => Api.SendAsync(Chat, Language, new JsonObject
    {
        ["photo"] = new JsonArray(Size(Api.AddFile([1]), 90, 1), Size(Api.AddFile(picture), 800, picture.Length)),
    });

    public Task<int> SendFileAsync(byte[] file, string type) => Api.SendAsync(Chat, Language, new JsonObject
    {
        ["document"] = new JsonObject { ["file_id"] = Api.AddFile(file), ["file_unique_id"] = "u", ["file_size"] = file.Length, ["mime_type"] = type, ["file_name"] = "IMG.png" },
    });

    public Task<int> SendFilmAsync(byte[] film) => Api.SendAsync(Chat, Language, new JsonObject
    {
        ["video"] = new JsonObject
        {
            ["file_id"] = Api.AddFile(film), ["file_unique_id"] = "u", ["file_size"] = film.Length, ["mime_type"] = "video/mp4", ["width"] = 512, ["height"] = 384, ["duration"] = 1,
        },
    });

    /// <summary>Sends a photo, and presses one of the buttons that the bot shows.</summary>
    public async Task AskAsync(Func<Task<int>> send, string wish)
    {
        await send();
        var question = await NextAsync("sendMessage", 1);
        question["text"].ShouldBe(Texts[Phrase.AskPicture]);
        question["reply_markup"].ShouldContain($"\"{wish}\"");
        await Api.PressAsync(Chat, Language, Api.LastSent[Chat], wish);
    }

    /// <summary>The n-th call of a method, once it has come.</summary>
    public async Task<BotCall> NextAsync(string method, int number = 1)
    {
        await Eventually.IsAsync(() => Of(method).Count >= number, $"{method} {number}");
        return Of(method)[number - 1];
    }

    public List<BotCall> Of(string method) => [.. Api.Calls.Where(call => call.Method == method)];

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _bot.Dispose();
        await Server.DisposeAsync();
        await Api.DisposeAsync();
        _stop.Dispose();
    }

    private static JsonObject Size(string id, int width, int bytes) =>
        new() { ["file_id"] = id, ["file_unique_id"] = "u", ["width"] = width, ["height"] = width * 3 / 4, ["file_size"] = bytes };
}
