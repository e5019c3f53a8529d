using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Telemetry;

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

    private readonly WebhookSender _sender;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<PolicyWebhook> _logger;
    private readonly Counter<long> _dropped;
    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Channel<PolicyTold> _queue;

    public PolicyWebhook(
        WebhookSender sender, IServiceProvider services, IMeterFactory meters, TimeProvider time, ILogger<PolicyWebhook> logger)
    {
        (_sender, _services, _time, _logger) = (sender, services, time, logger);
        _dropped = meters.Create("LiveFace.Webhook").CreateCounter<long>(
            "liveface.webhook.dropped", description: "Changes of policy that the webhook was not told of");
        _dropped.Add(0);
        _queue = Channel.CreateBounded<PolicyTold>(
            new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => _dropped.Add(1));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_sender.IsOn)
            return;
        var rooms = _services.GetRequiredService<IRoomDirectory>();
        using var watching = rooms.Watch(state => Changed(state, rooms));
        await _services.GetRequiredService<LoopSupervisor>().RunAsync("webhook", SendAllAsync, stoppingToken);
    }

    private async Task SendAllAsync(CancellationToken stopping)
    {
        await foreach (var told in _queue.Reader.ReadAllAsync(stopping))
            await SendAsync(told, stopping);
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

    private async Task SendAsync(PolicyTold told, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            var problem = await _sender.TrySendAsync(told, stopping);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook was not told of a change in room {Room}: {Problem}")]
    private static partial void LogLost(ILogger logger, string room, string problem);

    private sealed record PolicyTold(string Event, string Room, DateTimeOffset Time, long PolicyVersion, RedactionPolicy Policy);
}
