namespace LiveFace.Storage;

/// <summary>Each room's policy as JSON, kept over restarts, and which key's quota it counts against.</summary>
internal sealed class StoredPolicies(Database database, OwedWrites owed, TimeProvider time)
{
    public string? Find(string room) =>
        database.Query("SELECT json FROM policies WHERE room = $room", r => r.GetString(0), ("$room", room))
            .FirstOrDefault();

    /// <summary>Takes it away now, or when the disk takes writes.</summary>
    public void Remove(string room) => Owe(room, d => d.Execute(
        "DELETE FROM policies WHERE room = $room; DELETE FROM policy_owners WHERE room = $room;", ("$room", room)));

    /// <exception cref="StorageException">It is not kept.</exception>
    public void Save(string room, string json) => owed.Write($"policy {room}", Saving(room, json));

    /// <summary>Keeps it now, or when the disk takes writes.</summary>
    public void SaveLater(string room, string json) => Owe(room, Saving(room, json));

    /// <summary>Puts a room's policy on a key's account; false when the key has as many as it may.</summary>
    public bool TryClaim(string room, string owner, int most)
    {
        var kept = database.Query(
            "SELECT (SELECT COUNT(*) FROM policy_owners WHERE owner = $owner), EXISTS (SELECT 1 FROM policies WHERE room = $room)",
            r => (Count: r.GetInt32(0), Known: r.GetBoolean(1)), ("$owner", owner), ("$room", room))[0];
        if (kept.Known)
            return true;
        if (kept.Count >= most)
            return false;
        database.Execute(
            "INSERT INTO policy_owners (room, owner) VALUES ($room, $owner) ON CONFLICT (room) DO UPDATE SET owner = $owner",
            ("$room", room), ("$owner", owner));
        return true;
    }

    private Action<Database> Saving(string room, string json) => d => d.Execute(
        """
        INSERT INTO policies (room, json, changed) VALUES ($room, $json, $changed)
        ON CONFLICT (room) DO UPDATE SET json = $json, changed = $changed
        """,
        ("$room", room), ("$json", json), ("$changed", time.GetUtcNow().ToUnixTimeSeconds()));

    private void Owe(string room, Action<Database> write)
    {
        try
        {
            owed.Write($"policy {room}", write);
        }
        catch (StorageException)
        {
            // It is owed now, and readiness tells.
        }
    }
}
