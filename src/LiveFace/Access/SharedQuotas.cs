using System.Text.Json;
using LiveFace.Storage;
using LiveFace.Storage.Shared;

namespace LiveFace.Access;

/// <summary>
/// Tells the other servers how much each key holds here, and this one what it holds there: a key has one quota at all of them. What a server
/// holds that has not been heard of for a while is gone with it.
/// </summary>
internal sealed class SharedQuotas(SharedStore store, Quotas quotas, TimeProvider time) : IStoreBeat
{
    private const int SecondsToForget = 10;
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(3);

    private readonly string _server = Guid.NewGuid().ToString("N");
    private string _told = "";
    private long _toldAt;

    public void Beat()
    {
        var places = JsonSerializer.Serialize(quotas.HeldByKeys());
        if (places != _told || time.GetElapsedTime(_toldAt) >= Repeat)
        {
            store.Execute(
                """
                INSERT INTO held (server, places) VALUES (@server, @places) ON CONFLICT (server) DO UPDATE SET places = excluded.places, seen = now();
                DELETE FROM held WHERE seen < now() - make_interval(mins => 5);
                """,
                ("@server", _server), ("@places", places));
            (_told, _toldAt) = (places, time.GetTimestamp());
        }

        var sums = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var json in store.Query(
            "SELECT places FROM held WHERE server <> @server AND seen > now() - make_interval(secs => @seconds)", row => row.GetString(0),
            ("@server", _server), ("@seconds", (double)SecondsToForget)))
            foreach (var (subject, count) in JsonSerializer.Deserialize<Dictionary<string, int>>(json) ?? [])
                sums[subject] = sums.GetValueOrDefault(subject) + count;
        quotas.HeldElsewhere = sums;
    }
}
