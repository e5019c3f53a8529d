using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Webhooks;

/// <summary>
/// Tells another server when the policy of a room changes while somebody publishes there, for publishers who look at no page
/// of ours. Rooms only put it down; one worker sends, with a few tries. What does not fit into the queue is counted.
/// </summary>
internal sealed partial class PolicyWebhook : BackgroundService
{
    private const int QueueLength = 256;
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly WebhookOptions _options;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<PolicyWebhook> _logger;
    private readonly Counter<long> _dropped;
    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Channel<PolicyTold> _queue;

    public PolicyWebhook(
        IOptions<WebhookOptions> options, IServiceProvider services, IMeterFactory meters, TimeProvider time, ILogger<PolicyWebhook> logger)
    {
        (_options, _services, _time, _logger) = (options.Value, services, time, logger);
        _dropped = meters.Create("LiveFace.Webhook").CreateCounter<long>(
            "liveface.webhook.dropped", description: "Changes of policy that the webhook was not told of");
        _dropped.Add(0);
        _queue = Channel.CreateBounded<PolicyTold>(
            new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => _dropped.Add(1));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Url.Length == 0)
            return;
        var rooms = _services.GetRequiredService<IRoomDirectory>();
        using var watching = rooms.Watch(state => Changed(state, rooms));
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(_options.TimeoutMs) };
        await _services.GetRequiredService<LoopSupervisor>().RunAsync("webhook", stop => SendAllAsync(http, stop), stoppingToken);
    }

    private async Task SendAllAsync(HttpClient http, CancellationToken stopping)
    {
        await foreach (var told in _queue.Reader.ReadAllAsync(stopping))
            await SendAsync(http, told, stopping);
    }

    /// <summary>The version that a publisher began with is no change.</summary>
    private void Changed(RoomState state, IRoomDirectory rooms)
    {
        if (state.Publisher is null)
        {
            _told.TryRemove(state.Room, out _);
            return;
        }

        var before = _told.GetOrAdd(state.Room, state.PolicyVersion);
        if (before >= state.PolicyVersion || !_told.TryUpdate(state.Room, state.PolicyVersion, before))
            return;
        _queue.Writer.TryWrite(new PolicyTold("policy-changed", state.Room, _time.GetUtcNow(), state.PolicyVersion, rooms.PolicyOf(state.Room)));
    }

    private async Task SendAsync(HttpClient http, PolicyTold told, CancellationToken stopping)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(told, ApiJson.Options);
        for (var attempt = 1; ; attempt++)
        {
            var problem = await TrySendAsync(http, body, stopping);
            if (problem is null)
                return;
            if (attempt == Tries)
            {
                _dropped.Add(1);
                LogLost(_logger, told.Room, problem);
                return;
            }

            await Task.Delay(Pause * attempt, _time, stopping);
        }
    }

    private async Task<string?> TrySendAsync(HttpClient http, byte[] body, CancellationToken stopping)
    {
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = content };
            request.Headers.Add("LiveFace-Signature", Sign(body, _time.GetUtcNow()));
            using var response = await http.SendAsync(request, stopping);
            return response.IsSuccessStatusCode ? null : $"it answered {(int)response.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return e.Message;
        }
    }

    /// <summary><c>t=seconds,v1=HMAC-SHA-256 of "seconds.body" in hexadecimal</c>.</summary>
    private string Sign(byte[] body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.Secret), signed))}";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook was not told of a change in room {Room}: {Problem}")]
    private static partial void LogLost(ILogger logger, string room, string problem);

    private sealed record PolicyTold(string Event, string Room, DateTimeOffset Time, long PolicyVersion, RedactionPolicy Policy);
}
