using System.Data.Common;
using System.Text;
using LiveFace.Rooms;
using Npgsql;

namespace LiveFace.Storage.Shared;

/// <summary>
/// Moves what a server kept in its own database into the shared one, once: all of it and the mark that it was done are one transaction, and only
/// then is it deleted here, so that a server without the setting later opens nothing that was taken back in the meantime.
/// What the shared database has already stays as it is, but of two policies for one room, and two moderators, the stricter holds.
/// </summary>
internal sealed class StoreTakeover(Database own, SharedStore shared)
{
    private const string AuditTaken = AuditLog.FileName + ".taken-over";

    private static readonly (string Table, string Columns)[] Tables =
    [
        ("keys", "id, name, hash, roles, pattern, created, expires"), ("secrets", "name, value"),
        ("links", "id, parent, owner, depth, kind, name, hash, scopes, room, created, expires"), ("policies", "room, json, changed"),
        ("policy_owners", "room, owner"), ("moderation", "room, muted, more"), ("stickers", "name, file"),
        ("people", "id, secret, created, expires, rooms, pictures, template"),
    ];

    /// <summary>What becomes of a row whose name the shared database has already; nothing where its own stays.</summary>
    private static readonly Dictionary<string, Action<NpgsqlConnection, object[]>> Merges =
        new(StringComparer.Ordinal) { ["policies"] = MergePolicy, ["moderation"] = MergeModeration };

    /// <exception cref="StorageException">Nothing was moved, or it was and is not deleted here yet; the next start does the rest.</exception>
    public void Run(TimeProvider time)
    {
        var id = Identity();
        shared.InOne(connection =>
        {
            using var mark = new NpgsqlCommand("INSERT INTO takeovers (id) VALUES (@id) ON CONFLICT DO NOTHING", connection);
            mark.Parameters.AddWithValue("id", id);
            if (mark.ExecuteNonQuery() == 0)
                return;
            foreach (var (table, columns) in Tables)
                Copy(connection, table, columns, Merges.GetValueOrDefault(table));
            CopyAudit(connection, time);
        });
        foreach (var (table, _) in Tables)
            own.Forget(table == "secrets" ? "DELETE FROM secrets WHERE name = 'share'" : $"DELETE FROM {table}");
        PutAuditAway();
    }

    /// <summary>Which database of a server this is.</summary>
    private string Identity()
    {
        own.Execute("INSERT INTO secrets (name, value) VALUES ('identity', randomblob(16)) ON CONFLICT (name) DO NOTHING");
        return own.Query("SELECT lower(hex(value)) FROM secrets WHERE name = 'identity'", row => row.GetString(0))[0];
    }

    private void Copy(NpgsqlConnection connection, string table, string columns, Action<NpgsqlConnection, object[]>? merge)
    {
        var count = columns.Split(',').Length;
        var filter = table == "secrets" ? " WHERE name = 'share'" : "";
        var values = string.Join(", ", Enumerable.Range(0, count).Select(i => $"@p{i}"));
#pragma warning disable CA2100 // Tables and columns are constants of this class.
        using var insert = new NpgsqlCommand($"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING", connection);
#pragma warning restore CA2100
        foreach (var row in own.Query($"SELECT {columns} FROM {table}{filter}", row => ReadRow(row, table)))
        {
            insert.Parameters.Clear();
            for (var i = 0; i < count; i++)
                insert.Parameters.AddWithValue($"p{i}", row[i]);
            if (insert.ExecuteNonQuery() == 0)
                merge?.Invoke(connection, row);
        }
    }

    private static void MergePolicy(NpgsqlConnection connection, object[] own)
    {
        using var find = new NpgsqlCommand("SELECT json FROM policies WHERE room = @room FOR UPDATE", connection);
        find.Parameters.AddWithValue("room", own[0]);
        using var update = new NpgsqlCommand("UPDATE policies SET json = @json WHERE room = @room", connection);
        update.Parameters.AddWithValue("room", own[0]);
        update.Parameters.AddWithValue("json", RoomPolicies.Stricter((string)find.ExecuteScalar()!, (string)own[1]));
        update.ExecuteNonQuery();
    }

    private static void MergeModeration(NpgsqlConnection connection, object[] own)
    {
        using var find = new NpgsqlCommand("SELECT more FROM moderation WHERE room = @room FOR UPDATE", connection);
        find.Parameters.AddWithValue("room", own[0]);
        var (there, here) = (find.ExecuteScalar() as string, own[2] as string);
        using var update = new NpgsqlCommand("UPDATE moderation SET muted = muted OR @muted, more = @more WHERE room = @room", connection);
        update.Parameters.AddWithValue("room", own[0]);
        update.Parameters.AddWithValue("muted", own[1]);
        update.Parameters.AddWithValue("more", there is not null && here is not null ? RoomPolicies.Stricter(there, here) : (object?)(there ?? here) ?? DBNull.Value);
        update.ExecuteNonQuery();
    }

    /// <summary>SQLite has no type for yes and no.</summary>
    private static object[] ReadRow(DbDataReader row, string table)
    {
        var values = new object[row.FieldCount];
        row.GetValues(values);
        if (table == "moderation")
            values[1] = row.GetBoolean(1);
        return values;
    }

    /// <summary>Where the shared chain is empty it goes on from this one; else it gets a line that names where this one ended.</summary>
    private void CopyAudit(NpgsqlConnection connection, TimeProvider time)
    {
        var path = Path.Combine(own.Folder, AuditLog.FileName);
        if (!File.Exists(path))
            return;
        using (var hold = new NpgsqlCommand("LOCK TABLE audit IN EXCLUSIVE MODE", connection))
            hold.ExecuteNonQuery();
        using var any = new NpgsqlCommand("SELECT n, line FROM audit ORDER BY n DESC LIMIT 1", connection);
        AuditMark? last = null;
        using (var reader = any.ExecuteReader())
            if (reader.Read())
                last = new AuditMark(reader.GetInt64(0), AuditLog.HashOf(reader.GetString(1)));
        using var insert = new NpgsqlCommand("INSERT INTO audit (n, line) VALUES (@n, @line)", connection);
        void Insert(long n, string line)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("n", n);
            insert.Parameters.AddWithValue("line", line);
            insert.ExecuteNonQuery();
        }

        var (count, end) = (0L, AuditMark.None);
        foreach (var line in WholeLines(path))
        {
            end = new AuditMark(++count, AuditLog.HashOf(line));
            if (last is null)
                Insert(count, line);
        }

        if (last is not null && count > 0)
            Insert(last.Line + 1, AuditLog.Line(last, time, "audit-joined", ("lines", end.Line), ("hash", end.Hash)));
    }

    /// <summary>What a crash left of a line that was never answered for is none.</summary>
    private static IEnumerable<string> WholeLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(1, file.Length), SeekOrigin.End);
        var isWhole = file.ReadByte() == '\n';
        file.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        string? before = null;
        while (reader.ReadLine() is { } line)
        {
            if (before is not null)
                yield return before;
            before = line;
        }

        if (before is not null && isWhole)
            yield return before;
    }

    private void PutAuditAway()
    {
        var path = Path.Combine(own.Folder, AuditLog.FileName);
        try
        {
            if (File.Exists(path))
                File.Move(path, Path.Combine(own.Folder, AuditTaken), overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"'{path}' cannot be put away ({error.Message}).", error);
        }
    }
}
