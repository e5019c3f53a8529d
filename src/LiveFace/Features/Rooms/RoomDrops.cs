using LiveFace.Rooms;

namespace LiveFace.Features.Rooms;

/// <summary>Frames that all rooms let go, by place; what a room let go stays counted when it has gone.</summary>
internal sealed class RoomDrops
{
    private readonly Dictionary<string, long> _byPlace = RoomStatistics.DropPlaces.ToDictionary(place => place, _ => 0L, StringComparer.Ordinal);
    private readonly Dictionary<(string Room, string Place), long> _last = [];

    public IReadOnlyDictionary<string, long> ByPlace => _byPlace;

    public void Take(IReadOnlyList<RoomStatistics> rooms)
    {
        foreach (var room in rooms)
            foreach (var (place, count) in room.Drops)
                Count(room.Room, place, count);
        foreach (var gone in _last.Keys.Where(k => rooms.All(r => r.Room != k.Room)).ToArray())
            _last.Remove(gone);
    }

    private void Count(string room, string place, long count)
    {
        var last = _last.GetValueOrDefault((room, place));

        // A count that fell is a room of the same name that was made anew.
        _byPlace[place] = _byPlace.GetValueOrDefault(place) + (count >= last ? count - last : count);
        _last[(room, place)] = count;
    }
}
