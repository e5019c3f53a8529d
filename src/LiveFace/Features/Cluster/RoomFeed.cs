using System.Threading.Channels;
using LiveFace.Features.Jobs;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>
/// What happens in a room, for one node that has members of it, however many: notices in a short queue, of all else the newest. The pace
/// is that of the connection.
/// </summary>
internal sealed class RoomFeed(double detectionsPerSecond, int members) : IRoomObserver
{
    private const int MostNotices = 64;

    private readonly Channel<RoomNotice> _notices = Channel.CreateBounded<RoomNotice>(
        new BoundedChannelOptions(MostNotices) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private RoomDetections? _detections;
    private RedactionPolicy? _policy;
    private RoomState? _state;
    private TimeSpan _next;
    private volatile bool _ended;
    private volatile int _members = members;

    /// <summary>Members of the room that the other node has.</summary>
    public int Members { get => _members; set => _members = value; }

    /// <summary>The room is no more.</summary>
    public bool HasEnded => _ended;

    public bool WantsDetections(TimeSpan now)
    {
        if (now < _next)
            return false;
        _next = now + TimeSpan.FromSeconds(1 / detectionsPerSecond);
        return true;
    }

    public void DetectionsMade(RoomDetections detections) => Put(ref _detections, detections);

    public void PolicyChanged(RedactionPolicy policy) => Put(ref _policy, policy);

    public void StateChanged(RoomState state) => Put(ref _state, state);

    public void Noticed(RoomNotice notice)
    {
        _notices.Writer.TryWrite(notice);
        _wake.Writer.TryWrite(true);
    }

    public void RoomEnded()
    {
        _ended = true;
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Waits until there is something, or for so long.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(most);
        Task waiting = _wake.Reader.WaitToReadAsync(limit.Token).AsTask();
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }

    /// <summary>What has not been told, oldest kind first.</summary>
    public IEnumerable<FeedLine> Take()
    {
        if (Interlocked.Exchange(ref _policy, null) is { } policy)
            yield return new FeedLine { Policy = System.Text.Encoding.UTF8.GetString(PolicyJson.Write(policy)) };
        if (Interlocked.Exchange(ref _state, null) is { } state)
            yield return new FeedLine { State = state };
        while (_notices.Reader.TryRead(out var notice))
            yield return new FeedLine { Notice = notice };
        if (Interlocked.Exchange(ref _detections, null) is { } detections)
            yield return new FeedLine { Detections = detections };
    }

    private void Put<T>(ref T? slot, T value)
        where T : class
    {
        Interlocked.Exchange(ref slot, value);
        _wake.Writer.TryWrite(true);
    }
}

/// <summary>One line of what a node tells another of a room, or of all of its rooms or jobs: one of these, or nothing to show that it lives.</summary>
internal sealed record FeedLine
{
    public RoomState? State { get; init; }

    /// <summary>As JSON in a string: policies are read by their own reader alone.</summary>
    public string? Policy { get; init; }

    public RoomNotice? Notice { get; init; }

    public RoomDetections? Detections { get; init; }

    public RoomStatistics? Statistics { get; init; }

    public bool Ended { get; init; }

    public ToldJob? Job { get; init; }

    public string? JobGone { get; init; }

    public JobsMark? Jobs { get; init; }
}
