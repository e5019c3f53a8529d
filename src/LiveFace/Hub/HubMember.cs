using System.Collections.Concurrent;
using System.Threading.Channels;
using LiveFace.Access;
using LiveFace.Features.Rooms;
using LiveFace.Features.Sessions;
using LiveFace.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace LiveFace.Hub;

/// <summary>
/// One hub connection, and all that waits to be sent to it. One pump sends; whatever a room says is only put down here:
/// events in a bounded queue, detections and statistics in one slot a room, where a newer one replaces what was not
/// taken. So a slow client costs itself its detections, then its connection, and nobody else anything.
/// </summary>
internal sealed class HubMember : IDisposable
{
    public const int MaximumRooms = 16;
    public const int MaximumPrefixes = 4;
    private const int QueueLength = 256;
    private static readonly TimeSpan ForGoodbye = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, RoomMembership> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _prefixes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _toldJobs = new(StringComparer.Ordinal);
    private readonly Channel<(string Name, object Event)> _events = Channel.CreateBounded<(string, object)>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _parted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServerMetrics _metrics;
    private readonly Action _abort;
    private IDisposable? _watch;
    private volatile bool _over;

    public HubMember(Grant grant, ServerMetrics metrics, Action abort)
    {
        Grant = grant;
        _metrics = metrics;
        _abort = abort;
    }

    public Grant Grant { get; }

    public ICollection<RoomMembership> Rooms => _rooms.Values;

    /// <summary>Sends until the connection ends. The client's own pace is the pump's pace.</summary>
    public async Task PumpAsync(IClientProxy client, CancellationToken ended)
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(ended))
            {
                _wake.Reader.TryRead(out _);
                while (_events.Reader.TryRead(out var next))
                {
                    if (_over && next.Event is not Goodbye)
                        continue;
                    await client.SendAsync(next.Name, next.Event, ended);
                    if (next.Event is Goodbye goodbye)
                        Part(goodbye);
                }

                foreach (var room in _rooms.Values)
                {
                    if (room.TakeDetections() is { } detections)
                        await client.SendAsync(HubEvents.Detections, detections, ended);
                    if (room.TakeStatistics() is { } statistics)
                        await client.SendAsync(HubEvents.Stats, statistics, ended);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
        finally
        {
            _parted.TrySetResult();
        }
    }

    /// <summary>Puts an event into the queue; a client that lets the queue fill up is let go.</summary>
    public void Post(string name, object message)
    {
        if (!_events.Writer.TryWrite((name, message)))
        {
            _metrics.HubDropped("connection");
            _abort();
            return;
        }

        Wake();
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    public void CountDropped(string kind) => _metrics.HubDropped(kind);

    /// <summary>The last thing a client is told; completes when it is on its way, or the connection has ended.</summary>
    public Task SayGoodbyeAsync(string reason, int? retryAfterSeconds = null, string? to = null)
    {
        Post(HubEvents.Goodbye, new Goodbye(reason, retryAfterSeconds, to));
        return _parted.Task;
    }

    /// <summary>The grant is over: from now on nothing is told but that, and the connection closes however slow the client is.</summary>
    public async Task EndAsync(string reason, TimeProvider time)
    {
        Dispose();
        await Task.WhenAny(SayGoodbyeAsync(reason), Task.Delay(ForGoodbye, time));
        _abort();
    }

    /// <summary>False when the connection is in as many rooms as it may be.</summary>
    public bool TryJoin(IRoom room, JoinOptions options)
    {
        if (_rooms.TryGetValue(room.Name, out var there))
        {
            there.Options = options;
            return true;
        }

        if (_over || _rooms.Count >= MaximumRooms)
            return false;
        var membership = new RoomMembership(this, room, options);
        if (_rooms.TryAdd(room.Name, membership))
            membership.Start();
        return true;
    }

    public void Leave(string room)
    {
        if (_rooms.TryRemove(room, out var membership))
            membership.Dispose();
    }

    public bool TryWatch(string prefix, IRoomReach rooms)
    {
        if (_prefixes.Count >= MaximumPrefixes && !_prefixes.ContainsKey(prefix))
            return false;
        _prefixes[prefix] = 0;
        _watch ??= rooms.Watch(StateChanged);
        return true;
    }

    /// <summary>Whether it is told of jobs.</summary>
    public bool WatchesJobs { get; set; }

    /// <summary>Tells it of a job that it may see.</summary>
    public void PostJob(string id, object job)
    {
        _toldJobs[id] = 0;
        Post(HubEvents.Job, job);
    }

    /// <summary>A job that it was told of is no more; of others it learns nothing.</summary>
    public void PostGone(string id)
    {
        if (_toldJobs.TryRemove(id, out _))
            Post(HubEvents.JobGone, new JobGone(id));
    }

    /// <summary>It knows of these jobs.</summary>
    public void KnowJob(string id) => _toldJobs[id] = 0;

    public void Unwatch(string prefix) => _prefixes.TryRemove(prefix, out _);

    public void Dispose()
    {
        _over = true;
        _watch?.Dispose();
        foreach (var room in _rooms.Keys)
            Leave(room);
    }

    private void Part(Goodbye goodbye)
    {
        _parted.TrySetResult();

        // A server that stops closes its connections in its own order, after all have been told.
        if (goodbye.Reason != Goodbye.ShuttingDown)
            _abort();
    }

    private void StateChanged(RoomState state)
    {
        // Members of the room are told by the room itself.
        if (!_rooms.ContainsKey(state.Room)
            && Grant.May(Roles.View, state.Room)
            && _prefixes.Keys.Any(p => state.Room.StartsWith(p, StringComparison.Ordinal)))
            Post(HubEvents.RoomState, state);
    }
}
