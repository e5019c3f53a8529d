using System.Collections.Concurrent;
using LiveFace.Media.Codecs;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Relay;

namespace LiveFace.Rooms;

/// <summary>All rooms of the server: made when they are first asked for, bounded in number, taken away when idle.</summary>
public sealed class RoomDirectory : IRoomDirectory, IRelaySource, IDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    private readonly RoomParts _parts;
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile Action<RoomState>[] _watchers = [];
    private volatile bool _draining;

    /// <summary>No room is there yet.</summary>
    public RoomDirectory(RoomParts parts)
    {
        _parts = parts;
        _timer = parts.Clock.CreateTimer(_ => Tidy(), null, Round, Round);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<IRoom> All => [.. _rooms.Values];

    /// <inheritdoc/>
    public IRoom? Find(string name) => _rooms.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IRoom GetOrAdd(string name)
    {
        if (_rooms.TryGetValue(name, out var known))
            return known;
        lock (_gate)
        {
            if (_rooms.TryGetValue(name, out known))
                return known;
            if (_draining)
                throw new RoomRefusedException(RoomRefusal.ShuttingDown, "The server is stopping.", TimeSpan.FromSeconds(3));
            if (_rooms.Count >= _parts.Options.MaximumRooms)
                throw new RoomRefusedException(RoomRefusal.RoomsFull,
                    $"The server has its {_parts.Options.MaximumRooms} rooms.", TimeSpan.FromSeconds(_parts.Options.IdleSeconds));
            return _rooms[name] = new Room(name, _parts, Tell);
        }
    }

    /// <inheritdoc/>
    public RedactionPolicy PolicyOf(string name)
    {
        return _rooms.TryGetValue(name, out var room) ? room.Policy : _parts.Policies.Of(name);
    }

    /// <inheritdoc/>
    public RelayFeed Feed(string room, VideoCodec codec, long epoch, RelayMeter meter) => _rooms.TryGetValue(room, out var found)
        ? found.Feed(codec, epoch, meter)
        : throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));

    /// <inheritdoc/>
    public IDisposable Watch(Action<RoomState> changed)
    {
        lock (_gate)
            _watchers = [.. _watchers, changed];
        return new Watcher(this, changed);
    }

    /// <inheritdoc/>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        _draining = true;
        var rooms = _rooms.Values.ToArray();
        foreach (var room in rooms)
            room.End();
        await Task.WhenAll(rooms.Select(room => room.SessionsEnded())).WaitAsync(cancellation);
    }

    /// <summary>Ends a room at once and forgets it; one of the same name that is made later knows nothing of it.</summary>
    public void Evict(string name)
    {
        if (!_rooms.TryRemove(name, out var room))
            return;
        room.End();
        room.Dispose();
    }

    /// <summary>Ends all rooms.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        foreach (var room in _rooms.Values)
            room.Dispose();
        _rooms.Clear();
    }

    private void Tidy()
    {
        try
        {
            _parts.Admission.Measure();
            var patience = TimeSpan.FromSeconds(_parts.Options.IdleSeconds);
            foreach (var (name, room) in _rooms)
                if (room.EmptyFor >= patience && room.TryRetire() &&
                    _rooms.TryRemove(new KeyValuePair<string, Room>(name, room)))
                    room.Dispose();
        }
#pragma warning disable CA1031 // An exception that leaves a timer's callback ends the program.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _parts.Report("rooms", error);
        }
    }

    private void Tell(RoomState state)
    {
        foreach (var watcher in _watchers)
            watcher(state);
    }

    private sealed class Watcher(RoomDirectory directory, Action<RoomState> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (directory._gate)
                directory._watchers = [.. directory._watchers.Where(watcher => watcher != changed)];
        }
    }
}
