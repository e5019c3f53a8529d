using System.Data.Common;

namespace LiveFace.Storage;

/// <summary>
/// What lasts: this server's SQLite file, or the PostgreSQL that several servers share. Statements are written in what both
/// understand, with parameters as <c>@name</c>. What it took is on a disk.
/// </summary>
internal interface IDatabase
{
    /// <summary>Whether the last write was taken.</summary>
    bool TakesWrites { get; }

    /// <exception cref="StorageException">It was not taken, or nobody knows.</exception>
    int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Deletes rows, and as far as the database can do that, what they were.</summary>
    /// <exception cref="StorageException">They are still there.</exception>
    int Forget(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <exception cref="StorageException">It does not answer.</exception>
    List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Writes a row that nobody reads; whether it was taken.</summary>
    bool TryProbe();
}
