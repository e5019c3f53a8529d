using System.Data.Common;

namespace LiveFace.Storage;

/// <summary>A correction as the database has it, without the hash of its secret.</summary>
internal sealed record StoredCorrection(
    string Id, DateTimeOffset Created, DateTimeOffset Expires, string State, long Bytes, int Exports, string Json);

/// <summary>The rows of corrections; their pictures are files. What is deleted is overwritten.</summary>
internal sealed class StoredCorrections(Database database)
{
    private const string Columns = "id, created, expires, state, bytes, exports, json";
    private const string Filter = "(@state IS NULL OR state = @state) AND (@class IS NULL OR instr(classes, @class) > 0)";

    /// <summary>How many are kept, and their bytes.</summary>
    public (int Count, long Bytes) Total =>
        database.Query("SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM corrections", row => (row.GetInt32(0), row.GetInt64(1)))[0];

    public IReadOnlyList<string> Ids => database.Query("SELECT id FROM corrections", row => row.GetString(0));

    /// <summary>When the first of them goes; null where there are none.</summary>
    public DateTimeOffset? FirstExpiry => database.Query(
        "SELECT MIN(expires) FROM corrections", row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)))[0];

    /// <exception cref="StorageException">It is not kept.</exception>
    public void Add(StoredCorrection one, byte[] secretHash, IEnumerable<string> classes) => database.Execute(
        """
        INSERT INTO corrections (id, secret, created, expires, state, bytes, exports, classes, json)
        VALUES (@id, @secret, @created, @expires, @state, @bytes, 0, @classes, @json)
        """,
        ("@id", one.Id), ("@secret", secretHash), ("@created", one.Created.ToUnixTimeMilliseconds()),
        ("@expires", one.Expires.ToUnixTimeMilliseconds()), ("@state", one.State), ("@bytes", one.Bytes), ("@classes", Marked(classes)), ("@json", one.Json));

    public StoredCorrection? Find(string id) =>
        database.Query($"SELECT {Columns} FROM corrections WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    public StoredCorrection? FindBySecret(byte[] hash) =>
        database.Query($"SELECT {Columns} FROM corrections WHERE secret = @hash", Read, ("@hash", hash)).FirstOrDefault();

    /// <summary>The newest first.</summary>
    public IReadOnlyList<StoredCorrection> List(string? state, string? @class, int skip, int most) => database.Query(
        $"SELECT {Columns} FROM corrections WHERE {Filter} ORDER BY created DESC, id LIMIT @most OFFSET @skip", Read,
        ("@state", state), ("@class", Marked(@class)), ("@skip", skip), ("@most", most));

    public int Count(string? state, string? @class) => database.Query(
        $"SELECT COUNT(*) FROM corrections WHERE {Filter}", row => row.GetInt32(0), ("@state", state), ("@class", Marked(@class)))[0];

    public IReadOnlyList<string> Expired(DateTimeOffset now) => database.Query(
        "SELECT id FROM corrections WHERE expires <= @now", row => row.GetString(0), ("@now", now.ToUnixTimeMilliseconds()));

    /// <summary>The number of each state.</summary>
    public IReadOnlyDictionary<string, long> States => database
        .Query("SELECT state, COUNT(*) FROM corrections GROUP BY state", row => (row.GetString(0), row.GetInt64(1))).ToDictionary();

    /// <exception cref="StorageException">It stays as it was.</exception>
    public bool Decide(string id, string state) =>
        database.Execute("UPDATE corrections SET state = @state WHERE id = @id", ("@state", state), ("@id", id)) > 0;

    /// <exception cref="StorageException">It is not counted.</exception>
    public void Exported(string id) => database.Execute("UPDATE corrections SET exports = exports + 1 WHERE id = @id", ("@id", id));

    /// <summary>Takes it out, with the feedback that came with it; whether it was there.</summary>
    /// <exception cref="StorageException">It is still there.</exception>
    public bool Remove(string id)
    {
        database.Forget("DELETE FROM feedback WHERE correction = @id", ("@id", id));
        return database.Forget("DELETE FROM corrections WHERE id = @id", ("@id", id)) > 0;
    }

    private static string? Marked(string? one) => one is null ? null : $"\n{one}\n";

    private static string Marked(IEnumerable<string> classes) => $"\n{string.Join('\n', classes)}\n";

    private static StoredCorrection Read(DbDataReader row) => new(
        row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        row.GetString(3), row.GetInt64(4), row.GetInt32(5), row.GetString(6));
}
