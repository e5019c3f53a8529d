using System.Collections.Immutable;
using System.Threading.Channels;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>
/// A room for this node's hub connections, wherever it is: what its owner tells comes once and is handed to each of them. It stays when the
/// room changes its node. What is done with a room goes to its owner as a request and not through here.
/// </summary>
internal sealed class FollowedRoom(string name, RedactionPolicy policy) : IRoom, IRoomObserver
{
    private const long ForgottenMs = 10_000;

    private long _touched = Environment.TickCount64;
    private ImmutableArray<IRoomObserver> _observers = [];
    private volatile RoomState _state = Nobody(name, policy.Version);
    private volatile RedactionPolicy _policy = policy;
    private volatile RoomStatistics? _statistics;
    private volatile IRoom? _here;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public string Name { get; } = name;

    public RoomState State => _state;

    public RedactionPolicy Policy => _policy;

    /// <summary>The room itself, while it is on this node.</summary>
    public IRoom? Here
    {
        get => _here;
        set => _here = value;
    }

    /// <summary>Members of the room that this node has.</summary>
    public int Members => _observers.Length;

    /// <summary>Whether nobody has observed it for a while.</summary>
    public bool IsForgotten => _observers.IsEmpty && Environment.TickCount64 - Volatile.Read(ref _touched) > ForgottenMs;

    public bool Muted
    {
        get => _state.Muted;
        set => throw Elsewhere();
    }

    public IDisposable Observe(IRoomObserver observer)
    {
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);
        TellMembers();
        return new Seat(this, observer);
    }

    /// <summary>Completes when members have come or gone since it last did.</summary>
    public async Task MembersChangedAsync(CancellationToken cancel) => await _changed.Reader.ReadAsync(cancel);

    public RoomStatistics ReadStatistics() => _here?.ReadStatistics() ?? _statistics ?? throw new RoomRefusedException(
        RoomRefusal.RoomEmpty, "The room's node has not told how it is yet.", TimeSpan.FromSeconds(1));

    /// <summary>Somebody is about to observe it, or was until now.</summary>
    public void Touch() => Volatile.Write(ref _touched, Environment.TickCount64);

    public void Told(RoomStatistics statistics) => _statistics = statistics;

    /// <summary>Nobody has it for now: nothing of it is shown.</summary>
    public void Lost()
    {
        _here = null;
        _statistics = null;
        StateChanged(Nobody(Name, _policy.Version));
    }

    /// <summary>Each member's pace is kept when they come, by this node's clock.</summary>
    public bool WantsDetections(TimeSpan now) => !_observers.IsEmpty;

    public void DetectionsMade(RoomDetections detections)
    {
        var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
        foreach (var observer in _observers)
            if (observer.WantsDetections(now))
                observer.DetectionsMade(detections);
    }

    public void PolicyChanged(RedactionPolicy policy)
    {
        _policy = policy;
        foreach (var observer in _observers)
            observer.PolicyChanged(policy);
    }

    public void StateChanged(RoomState state)
    {
        _state = state;
        foreach (var observer in _observers)
            observer.StateChanged(state);
    }

    public void Noticed(RoomNotice notice)
    {
        foreach (var observer in _observers)
            observer.Noticed(notice);
    }

    public void RoomEnded()
    {
        foreach (var observer in _observers)
            observer.RoomEnded();
    }

    public bool TrySetPolicy(RedactionPolicy policy, long? expectedVersion, out RedactionPolicy current, bool moderates = false) => throw Elsewhere();

    public IRoomSession Publish(string offerSdp, bool watchesToo, bool takeOver, PublisherWishes wishes) => throw Elsewhere();

    public bool TrySetFloor(string session, RedactionPolicy? floor, out RedactionPolicy current) => throw Elsewhere();

    public IRoomSession View(string offerSdp) => throw Elsewhere();

    public void End() => throw Elsewhere();

    private void TellMembers()
    {
        _changed.Writer.TryWrite(true);
        _here?.MembersChanged();
    }

    private static RoomState Nobody(string room, long version) => new(room, null, 0, 0, RoomCover.NoPicture, version);

    private static InvalidOperationException Elsewhere() => new("This is asked of the room's owner.");

    private sealed class Seat(FollowedRoom room, IRoomObserver observer) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;
            ImmutableInterlocked.Update(ref room._observers, static (all, one) => all.Remove(one), observer);
            room.Touch();
            room.TellMembers();
        }
    }
}
