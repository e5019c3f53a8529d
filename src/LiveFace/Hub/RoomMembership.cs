using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Hub;

/// <summary>One connection in one room: keeps the client's pace of detections, and the newest that was not sent yet.</summary>
internal sealed class RoomMembership(HubMember member, IRoom room, JoinOptions options) : IRoomObserver, IDisposable
{
    private IDisposable? _observing;
    private RoomDetections? _detections;
    private RoomStatistics? _statistics;
    private TimeSpan _next;

    public IRoom Room { get; } = room;

    public JoinOptions Options { get; set; } = options;

    public void Start() => _observing = Room.Observe(this);

    public RoomDetections? TakeDetections() => Interlocked.Exchange(ref _detections, null);

    public RoomStatistics? TakeStatistics() => Interlocked.Exchange(ref _statistics, null);

    public void Offer(RoomStatistics statistics)
    {
        if (Interlocked.Exchange(ref _statistics, statistics) is not null)
            member.CountDropped("stats");
        member.Wake();
    }

    /// <summary>
    /// Keeps to the grid of the asked rate rather than to the last frame, so that 20 a second out of 30 frames stays 20.
    /// </summary>
    public bool WantsDetections(TimeSpan now)
    {
        var rate = Options.DetectionsPerSecond;
        if (rate <= 0 || now < _next)
            return false;
        var interval = TimeSpan.FromSeconds(1 / rate);
        _next = now - _next > interval ? now + interval : _next + interval;
        return true;
    }

    public void DetectionsMade(RoomDetections detections)
    {
        if (Interlocked.Exchange(ref _detections, detections) is not null)
            member.CountDropped("detections");
        member.Wake();
    }

    public void PolicyChanged(RedactionPolicy policy) =>
        member.Post(HubEvents.Policy, new PolicyChange(Room.Name, policy));

    public void StateChanged(RoomState state) => member.Post(HubEvents.RoomState, state);

    public void Noticed(RoomNotice notice) => member.Post(HubEvents.Notice, notice);

    /// <summary>The room has given notice of it before.</summary>
    public void RoomEnded() => member.Leave(Room.Name);

    public void Dispose() => _observing?.Dispose();
}
