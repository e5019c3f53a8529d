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
