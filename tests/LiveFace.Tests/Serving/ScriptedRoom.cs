using System.Collections.Concurrent;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Tests.Serving;

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
