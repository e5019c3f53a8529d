using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveFace.Storage;

namespace LiveFace.Access;

/// <summary>What share tokens stand on: the signing secret, and per room how often its links were taken back.</summary>
internal sealed class ShareEpochs
{
    private readonly Database _database;
    private readonly ConcurrentDictionary<string, int> _epochs;

    public ShareEpochs(Database database)
    {
        _database = database;
        _epochs = new(database.Query(
            "SELECT room, epoch FROM share_epochs", r => KeyValuePair.Create(r.GetString(0), r.GetInt32(1))));
    }

    public int Of(string room) => _epochs.GetValueOrDefault(room);

    public void Raise(string room)
    {
        var epoch = _epochs.AddOrUpdate(room, 1, static (_, old) => old + 1);
        _database.Execute(
            "INSERT INTO share_epochs (room, epoch) VALUES ($room, $epoch) ON CONFLICT (room) DO UPDATE SET epoch = $epoch",
            ("$room", room), ("$epoch", epoch));
    }

    public byte[] Secret()
    {
        _database.Execute(
            "INSERT INTO secrets (name, value) VALUES ('share', $value) ON CONFLICT (name) DO NOTHING",
            ("$value", RandomNumberGenerator.GetBytes(32)));
        return _database.Query("SELECT value FROM secrets WHERE name = 'share'", r => (byte[])r[0])[0];
    }
}
