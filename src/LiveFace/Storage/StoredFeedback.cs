using System.Data.Common;

namespace LiveFace.Storage;

/// <summary>What somebody thought of a result. <paramref name="Correction"/> is the one that it came with.</summary>
internal sealed record StoredOpinion(string Id, DateTimeOffset Created, DateTimeOffset Expires, string Thumb, string About, string Words, string? Correction);

/// <summary>The rows of feedback. What is deleted is overwritten.</summary>
internal sealed class StoredFeedback(Database database)
{
    private const string Columns = "id, created, expires, thumb, about, words, correction";
    private const string Filter = "(@thumb IS NULL OR thumb = @thumb) AND (@worded = 0 OR words <> '')";

    public int Total => Count(null, worded: false);

    /// <summary>When the first of them goes; null where there are none.</summary>
    public DateTimeOffset? FirstExpiry => database.Query(
        "SELECT MIN(expires) FROM feedback", row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)))[0];

    /// <exception cref="StorageException">It is not kept.</exception>
    public void Add(StoredOpinion one) => database.Execute(
        $"INSERT INTO feedback ({Columns}) VALUES (@id, @created, @expires, @thumb, @about, @words, @correction)",
        ("@id", one.Id), ("@created", one.Created.ToUnixTimeMilliseconds()), ("@expires", one.Expires.ToUnixTimeMilliseconds()),
        ("@thumb", one.Thumb), ("@about", one.About), ("@words", one.Words), ("@correction", one.Correction));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<StoredOpinion> List(string? thumb, bool worded, int skip, int most) => database.Query(
        $"SELECT {Columns} FROM feedback WHERE {Filter} ORDER BY created DESC, id LIMIT @most OFFSET @skip", Read,
        ("@thumb", thumb), ("@worded", worded ? 1 : 0), ("@skip", skip), ("@most", most));

    public int Count(string? thumb, bool worded) => database.Query(
        $"SELECT COUNT(*) FROM feedback WHERE {Filter}", row => row.GetInt32(0), ("@thumb", thumb), ("@worded", worded ? 1 : 0))[0];

    /// <exception cref="StorageException">It is still there.</exception>
    public bool Remove(string id) => database.Forget("DELETE FROM feedback WHERE id = @id", ("@id", id)) > 0;

    /// <exception cref="StorageException">They are still there.</exception>
    public void RemoveExpired(DateTimeOffset now) => database.Forget("DELETE FROM feedback WHERE expires <= @now", ("@now", now.ToUnixTimeMilliseconds()));

    private static StoredOpinion Read(DbDataReader row) => new(
        row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        row.GetString(3), row.GetString(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6));
}
