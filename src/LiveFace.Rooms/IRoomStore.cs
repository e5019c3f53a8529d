namespace LiveFace.Rooms;

/// <summary>
/// What lasts of rooms: the policy that each was given, and what a moderator laid over it, as JSON. Safe to call from any thread.
/// </summary>
public interface IRoomStore
{
    /// <summary>The policy that was kept under this name.</summary>
    string? FindPolicy(string room);

    /// <summary>Keeps a policy before it takes force.</summary>
    /// <exception cref="NotKeptException">It is not kept.</exception>
    void SavePolicy(string room, string json);

    /// <summary>
    /// Keeps a policy that is in force already, now or as soon as the disk takes it, unless by then something else is kept than <paramref name="known"/>.
    /// </summary>
    void SavePolicyLater(string room, string json, string? known);

    /// <summary>Forgets a room's policy now, or as soon as the disk takes it; not later where others write there as well.</summary>
    void RemovePolicy(string room);

    /// <summary>
    /// The policy that was in force at a server which had the room before and did not come to end it; null where none is known of, and on a server that is alone.
    /// </summary>
    /// <exception cref="RoomRefusedException">Nobody knows.</exception>
    string? FindInForce(string room);

    /// <summary>
    /// Notes, before it takes force, what a publisher brings along and is kept nowhere else, for whichever server has the room next; null: nothing such. It is void when a
    /// policy is kept or removed.
    /// </summary>
    /// <exception cref="RoomRefusedException">It is not noted.</exception>
    void NoteInForce(string room, string? json);

    /// <summary>Whether the room is muted, and the policy that hides more than its participant chose.</summary>
    (bool Muted, string? More) FindModeration(string room);

    /// <summary>Silence that the disk does not take is kept as soon as it does.</summary>
    /// <exception cref="NotKeptException">It is not kept yet, or at all.</exception>
    void SaveMuted(string room, bool muted);

    /// <summary>Keeps what a moderator hides before it takes force.</summary>
    /// <exception cref="NotKeptException">It is not kept.</exception>
    void SaveMore(string room, string json);

    /// <summary>
    /// Keeps what a moderator hides already, now or as soon as the disk takes it, unless by then something else is kept than <paramref name="known"/>.
    /// </summary>
    void SaveMoreLater(string room, string json, string? known);
}
