using System.Data.Common;

namespace LiveFace.Storage;

/// <summary>Somebody enrolled as the database has them. <paramref name="Template"/> is encrypted.</summary>
internal sealed record StoredPerson(string Id, DateTimeOffset Created, DateTimeOffset Expires, string Rooms, int Pictures, byte[] Template);

/// <summary>The rows of enrolled people. What is deleted, or replaced, is overwritten.</summary>
internal sealed class StoredPeople(IDatabase database)
{
    private const string Columns = "id, created, expires, rooms, pictures, template";

    public IReadOnlyList<StoredPerson> All => database.Query($"SELECT {Columns} FROM people", Read);

    public StoredPerson? Find(string id) => database.Query($"SELECT {Columns} FROM people WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    /// <summary>Keeps somebody, in the place of what was kept under the id before.</summary>
    /// <exception cref="StorageException">Nothing was changed.</exception>
    public void Save(StoredPerson one, byte[] secretHash) => database.Forget(
        """
        INSERT INTO people (id, secret, created, expires, rooms, pictures, template)
        VALUES (@id, @secret, @created, @expires, @rooms, @pictures, @template)
        ON CONFLICT (id) DO UPDATE SET
            secret = @secret, created = @created, expires = @expires, rooms = @rooms, pictures = @pictures, template = @template
        """,
        ("@id", one.Id), ("@secret", secretHash), ("@created", one.Created.ToUnixTimeMilliseconds()), ("@expires", one.Expires.ToUnixTimeMilliseconds()),
        ("@rooms", one.Rooms), ("@pictures", one.Pictures), ("@template", one.Template));

    public string? FindBySecret(byte[] hash) =>
        database.Query("SELECT id FROM people WHERE secret = @hash", row => row.GetString(0), ("@hash", hash)).FirstOrDefault();

    /// <exception cref="StorageException">They are still there.</exception>
    public bool Remove(string id) => database.Forget("DELETE FROM people WHERE id = @id", ("@id", id)) > 0;

    private static StoredPerson Read(DbDataReader row) => new(
        row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        row.GetString(3), row.GetInt32(4), row.GetFieldValue<byte[]>(5));
}
