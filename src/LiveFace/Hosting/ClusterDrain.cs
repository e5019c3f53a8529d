using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;
using LiveFace.Features.Cluster;
using LiveFace.Hub;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Hosting;

/// <summary>
/// How a node leaves its cluster before the server stops: no new rooms, wait for the calls that there are, then send everybody to
/// another node and pass requests on until they have gone.
/// </summary>
internal sealed partial class ClusterDrain(
    ServerLife life, RoomOwners owners, RoomSeeker seeker, RoomDirectory rooms, ClusterTenure tenure, HubMembers members,
    IOptions<ClusterOptions> options, TimeProvider time, ILogger<ClusterDrain> logger)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ForGoodbyes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForMoving = TimeSpan.FromSeconds(2);

    /// <summary>Returns when all have been sent away. <paramref name="hurry"/> cuts the waiting short, and nothing else.</summary>
    public async Task RunAsync(CancellationToken hurry)
    {
        owners.TakesNew = false;
        life.BeginDraining();
        LogWaiting(logger, options.Value.DrainMinutes);
        var began = time.GetTimestamp();
        while (!hurry.IsCancellationRequested && rooms.All.Any(IsInUse) && time.GetElapsedTime(began) < TimeSpan.FromMinutes(options.Value.DrainMinutes))
            await Task.Delay(BetweenLooks, time, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var left = rooms.All.Count(IsInUse);
        LogMoving(logger, left);
        var to = await NextAsync();
        await tenure.GiveUpAsync(CancellationToken.None);
        var told = Task.WhenAll(members.All.Select(member => member.SayGoodbyeAsync(Goodbye.Moving, 0, to)));
        await Task.WhenAny(told, Task.Delay(ForGoodbyes, time, CancellationToken.None));
        await Task.Delay(ForMoving, time, CancellationToken.None);
    }

    private static bool IsInUse(IRoom room) => room.State is { Publisher: not null } or { Viewers: > 0 };

    /// <summary>Where browsers are sent: the least loaded of the others, if it has an address of its own.</summary>
    private async Task<string?> NextAsync()
    {
        try
        {
            return (await seeker.FindNextAsync(CancellationToken.None))?.Url?.ToString().TrimEnd('/');
        }
        catch (ClusterException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Takes no new rooms, and waits {Minutes} minutes at most for its calls to end")]
    private static partial void LogWaiting(ILogger logger, double minutes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sends everybody to other nodes, out of {Count} rooms in use")]
    private static partial void LogMoving(ILogger logger, int count);
}
