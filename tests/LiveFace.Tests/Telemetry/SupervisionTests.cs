using LiveFace.Telemetry;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Telemetry;

/// <summary>One exception ends nothing for good: it is reported and counted, and the loop goes on.</summary>
public sealed class SupervisionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statistics_go_on_after_a_room_failed_to_tell_its_own()
    {
        await using var server = await RunningServer.StartAsync();
        var failures = 0;
        server.Rooms.Room("broken").ReadingStatistics = () =>
        {
            failures++;
            throw new InvalidOperationException("a fault");
        };
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "broken", new { stats = true });
        await hub.InvokeAsync("Join", "whole", new { stats = true });
        await Eventually.IsAsync(() => Task.FromResult(failures >= 2));
        (await hub.EventAsync("stats")).GetProperty("room").GetString().ShouldBe("whole");
        await Eventually.IsAsync(() => Task.FromResult(server.Services.GetRequiredService<FaultSink>().CountOf("statistics") >= 2));
        var metrics = await server.Client.GetStringAsync("/metrics", Cancel);
        metrics.ShouldContain("liveface_faults_total{place=\"statistics\"}");
    }

    [Fact]
    public async Task A_loop_that_fails_starts_again_ever_later_and_the_server_is_not_ready_meanwhile()
    {
        var time = new ShortWaits();
        using var faults = Faults.New(time);
        var loops = new LoopSupervisor(faults, time);
        time.Waiting = () => loops.Problem().ShouldNotBeNull().ShouldContain("test");
        var starts = 0;
        using var stop = new CancellationTokenSource();
        await loops.RunAsync("test", _ =>
        {
            loops.Problem().ShouldBeNull();
            return ++starts <= 12 ? throw new InvalidOperationException() : Task.CompletedTask;
        }, stop.Token);

        starts.ShouldBe(13);
        faults.CountOf("test").ShouldBe(12);
        time.Waits.Count.ShouldBe(12);
        time.Waits.ShouldBe(time.Waits.Order());
        time.Waits[0].ShouldBe(TimeSpan.FromMilliseconds(100));
        time.Waits[^1].ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_loop_that_is_stopped_is_not_started_again()
    {
        using var faults = Faults.New(TimeProvider.System);
        var loops = new LoopSupervisor(faults, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var running = loops.RunAsync("test", stopping => Task.Delay(Timeout.Infinite, stopping), stop.Token);
        await stop.CancelAsync();
        await running;
        faults.CountOf("test").ShouldBe(0);
    }

    /// <summary>Timers that fire at once and remember what they were to wait.</summary>
    private sealed class ShortWaits : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public Action Waiting { get; set; } = () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            Waiting();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
