using System.Text.Json;
using System.Threading.Channels;
using LiveFace.Client;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace LiveFace.Bot;

/// <summary>A Telegram bot in front of a LiveFace server. It keeps nothing; docs/reference/bot.md describes it.</summary>
public sealed class LiveFaceBot : IDisposable
{
    private const int Waiting = 64;
    private const int PollSeconds = 25;
    private static readonly UpdateType[] Kinds = [UpdateType.Message, UpdateType.CallbackQuery];
    private static readonly TimeSpan Uploading = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new() { Timeout = Uploading };
    private readonly Channel<Update> _updates = Channel.CreateBounded<Update>(new BoundedChannelOptions(Waiting));
    private readonly TelegramBotClient _bot;
    private readonly LiveFaceClient _client;
    private readonly FilmTalk _films;
    private readonly Conversation _conversation;
    private readonly BotOptions _options;
    private readonly ILogger _log;

    /// <summary>A bot with settings that were checked.</summary>
    public LiveFaceBot(BotOptions options, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        _bot = new TelegramBotClient(new TelegramBotClientOptions(options.Token, options.Api.Length > 0 ? options.Api : null), _http);
        _client = new LiveFaceClient(new Uri(options.Server), options.Key.Length > 0 ? options.Key : null);
        var files = new BotFiles(_bot, options.DownloadMiB);
        _films = new FilmTalk(_bot, _client, files, options, log);
        _conversation = new Conversation(_bot, new PictureTalk(_bot, _client, files, options.Preset), _films, options, log);
        Secret = new WebhookSecret(options.WebhookSecret);
    }

    /// <summary>What an update has to come with, where they are sent.</summary>
    public WebhookSecret Secret { get; }

    /// <summary>Answers until it is stopped; fetches updates, or has them sent where <c>Bot:Webhook</c> says so.</summary>
    /// <exception cref="InvalidOperationException">The Bot API does not take the token, or the webhook; the message says so.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            var me = await BeginAsync(stop);
            _log.Started(me.Username ?? "?", _options.Webhook.Length > 0 ? "has updates sent." : "fetches updates.");
            await _films.SweepAsync(stop);
            List<Task> work = [.. Enumerable.Range(0, _options.Workers).Select(_ => AnswerAsync(stop))];
            if (_options.Webhook.Length == 0)
                work.Add(PollAsync(stop));
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to.
        }

        await _films.WhenDoneAsync();
    }

    /// <summary>Takes an update that was sent; false where so many wait that it should be sent again later.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public bool TryTake(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<Update>(json, JsonBotAPI.Options) is not { } update || _updates.Writer.TryWrite(update);

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    private async Task<User> BeginAsync(CancellationToken stop)
    {
        var patience = new Waits();
        while (true)
        {
            try
            {
                var me = await _bot.GetMe(stop);
                if (_options.Webhook.Length > 0)
                    await _bot.SetWebhook(_options.Webhook, allowedUpdates: Kinds, secretToken: Secret.Value, cancellationToken: stop);
                else
                    await _bot.DeleteWebhook(cancellationToken: stop);
                return me;
            }
            catch (ApiRequestException refused) when (refused.ErrorCode is >= 400 and < 500 and not 429)
            {
                throw new InvalidOperationException($"The Bot API refuses the token or the webhook ({refused.ErrorCode}).", refused);
            }
            catch (RequestException error)
            {
                _log.Failed("the start", Refusals.Describe(error));
                await patience.WaitAsync(stop);
            }
        }
    }

    private async Task PollAsync(CancellationToken stop)
    {
        var (next, patience) = (0, new Waits());
        while (true)
        {
            try
            {
                var updates = await _bot.GetUpdates(next, Waiting, PollSeconds, Kinds, stop);
                patience.Renew();
                foreach (var update in updates)
                {
                    next = update.Id + 1;
                    await _updates.Writer.WriteAsync(update, stop);
                }
            }
            catch (RequestException error)
            {
                _log.Failed("fetching updates", Refusals.Describe(error));
                await patience.WaitAsync(stop);
            }
        }
    }

    private async Task AnswerAsync(CancellationToken stop)
    {
        await foreach (var update in _updates.Reader.ReadAllAsync(stop))
            await _conversation.HandleAsync(update, stop);
    }
}
