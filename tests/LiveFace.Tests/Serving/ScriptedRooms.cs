using System.Collections.Concurrent;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Tests.Serving;

/// <summary>Rooms without media, which do what a test tells them: the doors are tested here, not what lies behind.</summary>
internal sealed class ScriptedRooms : IRoomDirectory
{
    private readonly ConcurrentDictionary<string, ScriptedRoom> _rooms = new();
    private readonly ConcurrentDictionary<object, Action<RoomState>> _watchers = new();

    public RoomRefusedException? Refusal { get; set; }

    public bool HangsWhileDraining { get; set; }

    public bool Drained { get; private set; }

    public int Watchers => _watchers.Count;

    public IReadOnlyCollection<IRoom> All => [.. _rooms.Values];

    public IRoom? Find(string name) => _rooms.GetValueOrDefault(name);

    public IRoom GetOrAdd(string name) =>
        Refusal is { } refusal ? throw refusal : _rooms.GetOrAdd(name, n => new ScriptedRoom(n));

    public ScriptedRoom Room(string name) => (ScriptedRoom)GetOrAdd(name);

    public RedactionPolicy PolicyOf(string name) => Find(name)?.Policy ?? PolicyPresets.BlurFaces with { Version = 1 };

    public IDisposable Watch(Action<RoomState> changed)
    {
        var key = new object();
        _watchers[key] = changed;
        return new Ending(() => _watchers.TryRemove(key, out _));
    }

    public void TellWatchers(RoomState state)
    {
        foreach (var watcher in _watchers.Values)
            watcher(state);
    }

    public Task DrainAsync(CancellationToken cancellation)
    {
        Drained = true;
        return HangsWhileDraining ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask;
    }
}

internal sealed class ScriptedRoom(string name) : IRoom
{
    private readonly PolicyBoard _board = new(PolicyPresets.BlurFaces);
    private readonly ConcurrentDictionary<IRoomObserver, byte> _observers = new();

    public string Name => name;

    public Func<string, ScriptedSession>? Answering { get; set; }

    public bool Ended { get; private set; }

    public int Observers => _observers.Count;

    public bool Muted { get; set; }

    public RoomState State => new(name, null, 0, _observers.Count, RoomCover.NoPicture, _board.Current.Version) { Muted = Muted };

    public RedactionPolicy Policy => _board.Current.Policy;

    public bool TrySetPolicy(RedactionPolicy policy, long? expectedVersion, out RedactionPolicy current, bool moderates = false)
    {
        PolicySnapshot? snapshot;
        var set = moderates ? _board.TryModerate(policy, out snapshot, expectedVersion) : _board.TryReplace(policy, out snapshot, expectedVersion);
        current = snapshot.Policy;
        if (set)
            Tell(o => o.PolicyChanged(snapshot.Policy));
        return set;
    }

    /// <summary>What reading the statistics does first.</summary>
    public Action ReadingStatistics { get; set; } = () => { };

    public RoomStatistics ReadStatistics()
    {
        ReadingStatistics();
        return Statistics();
    }

    private RoomStatistics Statistics() => new(
        name, DateTimeOffset.UnixEpoch, new RoomVideo("vp8", 640, 480, 30, 30, 1000, 1000),
        new RoomStages(default, default, default, default, default, new Spread(5, 9)), new Dictionary<string, long>(),
        new RoomDetector("faces", "cpu", 30, 10, DetectorState.Ready), RoomCover.None, 0.5, null, 0);

    /// <summary>What the last publisher wanted to be hidden.</summary>
    public PublisherWishes? Wishes { get; private set; }

    /// <summary>The floors that sessions set, by their id.</summary>
    public ConcurrentDictionary<string, RedactionPolicy?> Floors { get; } = new();

    public IRoomSession Publish(string offerSdp, bool watchesToo, bool takeOver, PublisherWishes wishes)
    {
        Wishes = wishes;
        return Answering!(offerSdp);
    }

    public bool TrySetFloor(string session, RedactionPolicy? floor, out RedactionPolicy current)
    {
        Floors[session] = floor;
        current = Policy;
        return true;
    }

    public IRoomSession View(string offerSdp) => Answering!(offerSdp);

    public IDisposable Observe(IRoomObserver observer)
    {
        _observers[observer] = 0;
        return new Ending(() => _observers.TryRemove(observer, out _));
    }

    public void End()
    {
        Ended = true;
        Tell(o => o.RoomEnded());
    }

    public void Tell(Action<IRoomObserver> what)
    {
        foreach (var observer in _observers.Keys)
            what(observer);
    }

    /// <summary>What a room does with each frame's detections.</summary>
    public void Detect(TimeSpan now, RoomDetections detections) => Tell(o =>
    {
        if (o.WantsDetections(now))
            o.DetectionsMade(detections);
    });
}

internal sealed class ScriptedSession(string answer) : IRoomSession
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string AnswerSdp => answer;

    public List<string> Fragments { get; } = [];

    public Task Ended => _ended.Task;

    public string? ApplyFragment(string sdpFragment)
    {
        Fragments.Add(sdpFragment);
        return sdpFragment.Contains("ice-ufrag", StringComparison.Ordinal) ? "a=ice-ufrag:new\r\na=ice-pwd:new\r\n" : null;
    }

    public void Close() => _ended.TrySetResult();
}

internal sealed class Ending(Action end) : IDisposable
{
    public void Dispose() => end();
}
