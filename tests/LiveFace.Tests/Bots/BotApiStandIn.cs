using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveFace.Tests.Bots;

/// <summary>
/// A Bot API on this machine, as https://core.telegram.org/bots/api describes the methods that a bot of ours calls: addresses,
/// ways to send parameters, answers, errors and limits.
/// </summary>
internal sealed class BotApiStandIn : IAsyncDisposable
{
    public const string Token = "424242:AAsecretOfTheTest-_x";
    private const int LargestFile = 20 << 20;
    private const int NotFound = StatusCodes.Status404NotFound;

    private readonly WebApplication _app;
    private readonly List<JsonObject> _updates = [];
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly ConcurrentDictionary<int, JsonObject> _messages = new();
    private readonly SemaphoreSlim _came = new(0);
    private readonly HttpClient _http = new();
    private int _lastMessage;
    private int _lastUpdate;

    private BotApiStandIn(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>All calls but those that fetch.</summary>
    public ConcurrentQueue<BotCall> Calls { get; } = new();

    /// <summary>The last message of the bot's in each chat.</summary>
    public ConcurrentDictionary<long, int> LastSent { get; } = new();

    /// <summary>Where updates are sent, once that was asked for; the test may say another place to reach it at.</summary>
    public (string Url, string Secret)? Webhook { get; private set; }

    public Uri? WebhookReachedAt { get; set; }

    public static async Task<BotApiStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 60 << 20);
        var api = new BotApiStandIn(builder.Build());
        api._app.Run(api.AnswerAsync);
        await api._app.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    public string AddFile(byte[] file)
    {
        var id = $"FILE-{Guid.NewGuid():N}";
        _files[id] = file;
        return id;
    }

    /// <summary>A message of somebody's, which comes to the bot as an update.</summary>
    public Task<int> SendAsync(long chat, string language, JsonObject content, string kind = "private")
    {
        var message = Message(chat, content, kind);
        message["from"] = Person(chat, language);
        return UpdateAsync("message", message);
    }

    /// <summary>A press on a button below a message of the bot's.</summary>
    public Task<int> PressAsync(long chat, string language, int message, string data) => UpdateAsync("callback_query", new JsonObject
    {
        ["id"] = $"{Guid.NewGuid():N}", ["from"] = Person(chat, language), ["chat_instance"] = "1", ["data"] = data, ["message"] = _messages[message].DeepClone(),
    });

    /// <summary>Sends an update as Telegram sends it, with a secret or without.</summary>
    public async Task<int> PostAsync(string body, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookReachedAt) { Content = new StringContent(body, null, "application/json") };
        // What is too large is refused before it is sent.
        request.Headers.ExpectContinue = true;
        if (secret is not null)
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _came.Dispose();
    }

    private static JsonObject Person(long id, string language) => new() { ["id"] = id, ["is_bot"] = false, ["first_name"] = "A", ["language_code"] = language };

    private JsonObject Message(long chat, JsonObject content, string kind = "private")
    {
        content["message_id"] = Interlocked.Increment(ref _lastMessage);
        content["date"] = 1_700_000_000;
        content["chat"] = new JsonObject { ["id"] = chat, ["type"] = kind, ["first_name"] = "A" };
        _messages[(int)content["message_id"]!] = content;
        return content;
    }

    private async Task<int> UpdateAsync(string kind, JsonObject what)
    {
        var update = new JsonObject { ["update_id"] = Interlocked.Increment(ref _lastUpdate), [kind] = what.DeepClone() };
        if (Webhook is { } webhook)
        {
            (await PostAsync(update.ToJsonString(), webhook.Secret)).ShouldBe(StatusCodes.Status200OK);
        }
        else
        {
            lock (_updates)
                _updates.Add(update);
            _came.Release();
        }

        return (int?)what["message_id"] ?? 0;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["file", var owner, .. var path] && owner == $"bot{Token}" && _files.TryGetValue(string.Join('/', path).Replace("photos/", "", StringComparison.Ordinal), out var file))
        {
            await context.Response.Body.WriteAsync(file, context.RequestAborted);
            return;
        }

        if (parts is not [var bot, var method] || bot != $"bot{Token}")
        {
            await RefuseAsync(context, parts is [_, _] ? StatusCodes.Status401Unauthorized : NotFound, parts is [_, _] ? "Unauthorized" : "Not Found");
            return;
        }

        var call = await BotParameters.ReadAsync(context, method);
        if (method == "getUpdates")
        {
            await GetUpdatesAsync(context, call);
            return;
        }

        Calls.Enqueue(call);
        if ((BotLimits.Of(call) ?? FaultOf(call)) is { } fault)
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"Bad Request: {fault}");
        else if (Do(call) is { } result)
            await context.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = true, ["result"] = result }, context.RequestAborted);
        else
            await RefuseAsync(context, NotFound, "Not Found");
    }

    private async Task GetUpdatesAsync(HttpContext context, BotCall call)
    {
        if (Webhook is not null)
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
            return;
        }

        _ = int.TryParse(call["offset"], CultureInfo.InvariantCulture, out var offset);
        lock (_updates)
            _updates.RemoveAll(update => (int)update["update_id"]! < offset);
        for (var waited = false; ; waited = true)
        {
            JsonArray now;
            lock (_updates)
                now = [.. _updates.Select(update => update.DeepClone())];
            if (now.Count > 0 || waited)
            {
                await context.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = true, ["result"] = now }, context.RequestAborted);
                return;
            }

            await _came.WaitAsync(TimeSpan.FromSeconds(int.Parse(call["timeout"], CultureInfo.InvariantCulture)), context.RequestAborted);
        }
    }

    private JsonNode? Do(BotCall call) => call.Method switch
    {
        "getMe" => new JsonObject { ["id"] = 424242, ["is_bot"] = true, ["first_name"] = "Test", ["username"] = "test_bot" },
        "deleteWebhook" => Webhooked(null),
        "setWebhook" => Webhooked((call["url"], call["secret_token"])),
        "getFile" => new JsonObject
        {
            ["file_id"] = call["file_id"], ["file_unique_id"] = "u", ["file_size"] = _files[call["file_id"]].Length, ["file_path"] = $"photos/{call["file_id"]}",
        },
        "sendChatAction" or "answerCallbackQuery" => true,
        "sendMessage" => Sent(call, new JsonObject { ["text"] = call["text"] }),
        "sendPhoto" => Sent(call, new JsonObject { ["photo"] = new JsonArray(File(call, 800, 600)), ["caption"] = call["caption"] }),
        "sendDocument" => Sent(call, new JsonObject { ["document"] = File(call, null, null), ["caption"] = call["caption"] }),
        "sendVideo" => Sent(call, new JsonObject { ["video"] = File(call, 512, 384), ["caption"] = call["caption"] }),
        "editMessageText" => Edited(call),
        _ => null,
    };

    private JsonNode Webhooked((string, string)? webhook)
    {
        Webhook = webhook;
        return true;
    }

    private JsonObject File(BotCall call, int? width, int? height)
    {
        var file = new JsonObject { ["file_id"] = AddFile(call.File!), ["file_unique_id"] = "u", ["file_size"] = call.File!.Length };
        if (width is not null)
            (file["width"], file["height"], file["duration"]) = (width, height, 1);
        return file;
    }

    private JsonNode Sent(BotCall call, JsonObject content)
    {
        if (call["reply_parameters"] is { Length: > 0 } reply && _messages.TryGetValue((int)JsonNode.Parse(reply)!["message_id"]!, out var asked))
            content["reply_to_message"] = asked.DeepClone();
        if (call["reply_markup"] is { Length: > 0 } markup)
            content["reply_markup"] = JsonNode.Parse(markup);
        var sent = Message(call.Chat, content);
        LastSent[call.Chat] = (int)sent["message_id"]!;
        return sent.DeepClone();
    }

    private JsonNode Edited(BotCall call)
    {
        var message = MessageOf(call)!;
        message["text"] = call["text"];
        message["reply_markup"] = call["reply_markup"] is { Length: > 0 } markup ? JsonNode.Parse(markup) : null;
        return message.DeepClone();
    }

    private string? FaultOf(BotCall call) => call.Method switch
    {
        "getFile" when !_files.ContainsKey(call["file_id"]) => "wrong file_id or the file is temporarily unavailable",
        "getFile" when _files[call["file_id"]].Length > LargestFile => "file is too big",
        "editMessageText" when MessageOf(call) is null => "message to edit not found",
        "editMessageText" when (string?)MessageOf(call)!["text"] == call["text"] => "message is not modified: specified new message content and reply markup are exactly the same",
        _ => null,
    };

    private JsonObject? MessageOf(BotCall call) =>
        _messages.TryGetValue(int.Parse(call["message_id"], CultureInfo.InvariantCulture), out var message) && (long)message["chat"]!["id"]! == call.Chat ? message : null;

    private static Task RefuseAsync(HttpContext context, int status, string description)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = false, ["error_code"] = status, ["description"] = description }, context.RequestAborted);
    }
}
