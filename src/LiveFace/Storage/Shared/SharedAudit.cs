namespace LiveFace.Storage.Shared;

/// <summary>
/// The audit log of all servers together, one chain: a line's number is its key, so of two that would follow the same line the database takes
/// one, and the other is made anew for the next number.
/// </summary>
internal sealed class SharedAudit(SharedStore store) : IAuditLines
{
    private const int MostReadAtOnce = 2000;
    private const int Attempts = 20;

    /// <summary>After the first attempt, in seconds; after each more it is as much longer.</summary>
    private const double LongestPause = 0.01;

    public long Bytes => store.Query("SELECT COALESCE(SUM(octet_length(line) + 1), 0)::bigint FROM audit", row => row.GetInt64(0))[0];

    public AuditMark Append(Func<AuditMark, string> make)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var before = store.Query("SELECT n, line FROM audit ORDER BY n DESC LIMIT 1", row => new AuditMark(row.GetInt64(0), AuditLog.HashOf(row.GetString(1))))
                is [var last] ? last : AuditMark.None;
            var text = make(before);
            if (store.Execute("INSERT INTO audit (n, line) VALUES (@n, @line) ON CONFLICT (n) DO NOTHING", ("@n", before.Line + 1), ("@line", text)) > 0)
                return new AuditMark(before.Line + 1, AuditLog.HashOf(text));
            // Of two that write without a pause one could lose each time. A lock would let a server that is held hold the others.
            store.Query("SELECT pg_sleep(random() * @most)", _ => true, ("@most", LongestPause * (i + 1)));
        }

        throw new StorageException("The audit log takes no line (others write to it without end).");
    }

    public IEnumerable<(long Begin, string Text)> Before(long? place) => store.Query(
        $"SELECT n - 1, line FROM audit WHERE n <= @place ORDER BY n DESC LIMIT {MostReadAtOnce}", row => (row.GetInt64(0), row.GetString(1)),
        ("@place", place ?? long.MaxValue));
}
