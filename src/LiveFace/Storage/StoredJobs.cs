namespace LiveFace.Storage;

/// <summary>Jobs in the server's own database.</summary>
internal sealed class StoredJobs(Database database) : IStoredJobs
{
    public List<string> All() => database.Query("SELECT json FROM jobs ORDER BY created, id", r => r.GetString(0));

    /// <exception cref="StorageException">It is not kept.</exception>
    public void Save(string id, DateTimeOffset created, string json) => database.Execute(
        "INSERT INTO jobs (id, created, json) VALUES (@id, @created, @json) ON CONFLICT (id) DO UPDATE SET json = @json",
        ("@id", id), ("@created", created.ToUnixTimeMilliseconds()), ("@json", json));

    /// <exception cref="StorageException">It is still there.</exception>
    public void Remove(string id) => database.Execute("DELETE FROM jobs WHERE id = @id", ("@id", id));
}
