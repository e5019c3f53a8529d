using LiveFace.Hub;
using LiveFace.Rooms;
using LiveFace.Telemetry;

namespace LiveFace.Hosting;

/// <summary>
/// The order of going: take nobody new, tell everybody on the hub, let the rooms say BYE and close their peers, then let
/// Kestrel and the media port close. Each step has its time, and the whole is over within <see cref="Longest"/>.
/// </summary>
internal sealed partial class DrainAtStop(
    ServerLife life, HubMembers members, IRoomDirectory rooms, TimeProvider time, ILogger<DrainAtStop> logger)
    : IHostedLifecycleService
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForGoodbyes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForRooms = TimeSpan.FromSeconds(2);
    private const int RetryAfterSeconds = 3;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        life.BeginDraining();
        var told = Task.WhenAll(members.All.Select(m => m.SayGoodbyeAsync(Goodbye.ShuttingDown, RetryAfterSeconds)));
        await Task.WhenAny(told, Task.Delay(ForGoodbyes, time, cancellationToken));
        using var limit = new CancellationTokenSource(ForRooms, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            await rooms.DrainAsync(either.Token).WaitAsync(either.Token);
            var took = time.GetElapsedTime(began).TotalMilliseconds;
            LogDrained(logger, took);
        }
        catch (OperationCanceledException)
        {
            LogDrainCut(logger, ForRooms.TotalSeconds);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "All rooms closed in {Milliseconds:0} ms")]
    private static partial void LogDrained(ILogger logger, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rooms had not closed after {Seconds} s; going on")]
    private static partial void LogDrainCut(ILogger logger, double seconds);
}
