namespace LiveFace.Storage;

/// <summary>Each room's policy as JSON, kept over restarts.</summary>
internal sealed class StoredPolicies(Database database, TimeProvider time)
{
    public string? Find(string room) =>
        database.Query("SELECT json FROM policies WHERE room = $room", r => r.GetString(0), ("$room", room))
            .FirstOrDefault();

    public void Remove(string room) => database.Execute("DELETE FROM policies WHERE room = $room", ("$room", room));

    public void Save(string room, string json) => database.Execute(
        """
        INSERT INTO policies (room, json, changed) VALUES ($room, $json, $changed)
        ON CONFLICT (room) DO UPDATE SET json = $json, changed = $changed
        """,
        ("$room", room), ("$json", json), ("$changed", time.GetUtcNow().ToUnixTimeSeconds()));
}
