namespace LiveFace.Storage.Postgres;

/// <summary>Jobs in a PostgreSQL that workers on other machines reach as well.</summary>
internal sealed class PostgresJobs(PostgresDatabase database) : IStoredJobs
{
    public List<string> All() => database.Query("SELECT json FROM liveface_jobs ORDER BY created, id", row => row.GetString(0));

    public void Save(string id, DateTimeOffset created, string json) => database.Execute(
        "INSERT INTO liveface_jobs (id, created, json) VALUES (@id, @created, @json) ON CONFLICT (id) DO UPDATE SET json = @json",
        ("id", id), ("created", created.ToUnixTimeMilliseconds()), ("json", json));

    public void Remove(string id) => database.Execute("DELETE FROM liveface_jobs WHERE id = @id", ("id", id));

    /// <summary>Takes over what a server kept in a database of its own, each job once.</summary>
    public void TakeOver(IStoredJobs from, Func<string, (string Id, DateTimeOffset Created)> describe)
    {
        foreach (var json in from.All())
        {
            var (id, created) = describe(json);
            database.Execute(
                "INSERT INTO liveface_jobs (id, created, json) VALUES (@id, @created, @json) ON CONFLICT (id) DO NOTHING",
                ("id", id), ("created", created.ToUnixTimeMilliseconds()), ("json", json));
            from.Remove(id);
        }
    }
}
