using LiveFace.Media;
using LiveFace.Telemetry;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveFace.Tests.Telemetry;

/// <summary>Faults are counted each time and logged now and then.</summary>
public sealed class FaultSinkTests
{
    [Fact]
    public async Task What_the_libraries_catch_reaches_the_sink_of_a_server_that_runs()
    {
        await using var server = await RunningServer.StartAsync();
        var sink = server.Services.GetRequiredService<FaultSink>();
        FaultReports.Report("a library", new InvalidOperationException());
        sink.CountOf("a library").ShouldBe(1);
        await server.StopAsync();
        FaultReports.Report("a library", new InvalidOperationException());
        sink.CountOf("a library").ShouldBe(1);
    }

    [Fact]
    public void A_fault_that_repeats_is_counted_each_time_and_logged_once_a_minute()
    {
        var time = new ManualClock();
        var log = new CountingLog();
        using var faults = Faults.New(time, log);
        for (var i = 0; i < 1000; i++)
            faults.Report("one", new InvalidOperationException());
        faults.Report("other", new InvalidOperationException());
        log.Lines.ShouldBe(2);
        time.Advance(TimeSpan.FromMinutes(1));
        faults.Report("one", new InvalidOperationException());
        log.Lines.ShouldBe(3);
        log.Last.ShouldContain("999 more");
        faults.CountOf("one").ShouldBe(1001);
    }

    [Fact]
    public async Task Work_that_nobody_waits_for_is_watched()
    {
        using var faults = Faults.New(TimeProvider.System);
        var followed = false;
        await faults.WatchAsync("test", Task.FromException(new InvalidOperationException()), () => followed = true);
        followed.ShouldBeTrue();
        faults.CountOf("test").ShouldBe(1);
    }

    private sealed class CountingLog : ILogger<FaultSink>
    {
        public int Lines { get; private set; }

        public string Last { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines++;
            Last = formatter(state, exception);
        }
    }
}
