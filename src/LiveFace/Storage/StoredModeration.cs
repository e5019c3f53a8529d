namespace LiveFace.Storage;

/// <summary>
/// What moderators laid over participants' rooms, kept as long as the participant's place: leaving and coming back, or a
/// restart of the server, undoes none of it. Nothing is kept of a room that is nobody's own.
/// </summary>
internal sealed class StoredModeration(IDatabase database, OwedWrites owed)
{
    /// <summary>Participants' rows among the links, as in the trigger that takes out what is here with them.</summary>
    private const string IfSomebodys = "WHERE EXISTS (SELECT 1 FROM links WHERE room = @room AND kind = 2)";

    /// <summary>Whether the room is muted, and the policy, as JSON, that hides more than its participant chose.</summary>
    public (bool Muted, string? More) Find(string room) =>
        database.Query("SELECT muted, more FROM moderation WHERE room = @room",
            r => (r.GetBoolean(0), r.IsDBNull(1) ? null : r.GetString(1)), ("@room", room)).FirstOrDefault();

    /// <summary>Silence that the disk does not take is kept as soon as it does.</summary>
    /// <exception cref="StorageException">It is not kept yet, or at all.</exception>
    public void SaveMuted(string room, bool muted)
    {
        if (muted)
            owed.Write($"muted {room}", () => WriteMuted(room, true));
        else
            WriteMuted(room, false);
    }

    /// <exception cref="StorageException">It is not kept.</exception>
    public void SaveMore(string room, string json) => WriteMore(room, json);

    /// <summary>Keeps it now, or when the disk takes writes, unless another than the known one is kept by then.</summary>
    public void SaveMoreLater(string room, string json, string? known)
    {
        try
        {
            owed.Write($"more {room}", () => database.Execute(
                $"""
                INSERT INTO moderation (room, muted, more) SELECT @room, FALSE, @more {IfSomebodys}
                ON CONFLICT (room) DO UPDATE SET more = @more WHERE moderation.more IS NOT DISTINCT FROM CAST(@known AS text)
                """,
                ("@room", room), ("@more", json), ("@known", known)));
        }
        catch (StorageException)
        {
            // It is owed now, and readiness tells.
        }
    }

    private void WriteMuted(string room, bool muted) => database.Execute(
        $"INSERT INTO moderation (room, muted) SELECT @room, @muted {IfSomebodys} ON CONFLICT (room) DO UPDATE SET muted = @muted",
        ("@room", room), ("@muted", muted));

    private void WriteMore(string room, string json) => database.Execute(
        $"INSERT INTO moderation (room, muted, more) SELECT @room, FALSE, @more {IfSomebodys} ON CONFLICT (room) DO UPDATE SET more = @more",
        ("@room", room), ("@more", json));
}
