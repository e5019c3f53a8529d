using LiveFace.Rooms;

namespace LiveFace.Storage;

/// <summary>Keeps what lasts of rooms in the database.</summary>
internal sealed class RoomStore(StoredPolicies policies, StoredModeration moderation) : IRoomStore
{
    public string? FindPolicy(string room) => policies.Find(room);

    public void SavePolicy(string room, string json) => policies.Save(room, json);

    public void SavePolicyLater(string room, string json, string? known) => policies.SaveLater(room, json, known);

    public void RemovePolicy(string room) => policies.Remove(room);

    public string? FindInForce(string room) => null;

    public void NoteInForce(string room, string? json)
    {
        // Nobody else has this server's rooms.
    }

    public (bool Muted, string? More) FindModeration(string room) => moderation.Find(room);

    public void SaveMuted(string room, bool muted) => moderation.SaveMuted(room, muted);

    public void SaveMore(string room, string json) => moderation.SaveMore(room, json);

    public void SaveMoreLater(string room, string json, string? known) => moderation.SaveMoreLater(room, json, known);
}
