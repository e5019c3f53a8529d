namespace LiveFace.Storage;

/// <summary>Each room's policy as JSON, kept over restarts, and which key's quota it counts against.</summary>
internal sealed class StoredPolicies(IDatabase database, OwedWrites owed, TimeProvider time)
{
    public string? Find(string room) =>
        database.Query("SELECT json FROM policies WHERE room = @room", r => r.GetString(0), ("@room", room))
            .FirstOrDefault();

    /// <summary>
    /// Takes it away now, or when the disk takes writes. In a shared database it is taken away now or not at all: later it would be what another
    /// server kept meanwhile. A room that nobody publishes to begins with no less than the default, whatever is kept.
    /// </summary>
    public void Remove(string room)
    {
        try
        {
            void Write() => database.Execute("DELETE FROM policies WHERE room = @room; DELETE FROM policy_owners WHERE room = @room;", ("@room", room));
            if (database is Database)
                owed.Write(SubjectOf(room), Write);
            else
                Write();
        }
        catch (StorageException)
        {
            // It is owed now, or stays; readiness tells.
        }
    }

    /// <exception cref="StorageException">It is not kept.</exception>
    public void Save(string room, string json)
    {
        database.Execute(
            """
            INSERT INTO policies (room, json, changed) VALUES (@room, @json, @changed)
            ON CONFLICT (room) DO UPDATE SET json = @json, changed = @changed
            """,
            ("@room", room), ("@json", json), ("@changed", Now));
        owed.Drop(SubjectOf(room));
    }

    /// <summary>Keeps it now, or when the disk takes writes, unless another than the known one is kept by then.</summary>
    public void SaveLater(string room, string json, string? known)
    {
        try
        {
            owed.Write(SubjectOf(room), () => database.Execute(
                known is null
                    ? "INSERT INTO policies (room, json, changed) VALUES (@room, @json, @changed) ON CONFLICT (room) DO NOTHING"
                    : "UPDATE policies SET json = @json, changed = @changed WHERE room = @room AND json = @known",
                ("@room", room), ("@json", json), ("@changed", Now), ("@known", known)));
        }
        catch (StorageException)
        {
            // It is owed now, and readiness tells.
        }
    }

    /// <summary>Puts a room's policy on a key's account; false when the key has as many as it may.</summary>
    public bool TryClaim(string room, string owner, int most)
    {
        var kept = database.Query(
            "SELECT (SELECT COUNT(*) FROM policy_owners WHERE owner = @owner), EXISTS (SELECT 1 FROM policies WHERE room = @room)",
            r => (Count: r.GetInt32(0), Known: r.GetBoolean(1)), ("@owner", owner), ("@room", room))[0];
        if (kept.Known)
            return true;
        if (kept.Count >= most)
            return false;
        database.Execute(
            "INSERT INTO policy_owners (room, owner) VALUES (@room, @owner) ON CONFLICT (room) DO UPDATE SET owner = @owner",
            ("@room", room), ("@owner", owner));
        return true;
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private static string SubjectOf(string room) => $"policy {room}";
}
