using LiveFace.Media;

namespace LiveFace.Telemetry;

/// <summary>
/// Reports what the libraries below caught, and what nobody caught: the faults of tasks that nobody waited for, and the one
/// that ends the program.
/// </summary>
internal sealed class LastResort(FaultSink faults) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        FaultReports.Reported += OnReported;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        FaultReports.Reported -= OnReported;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        return Task.CompletedTask;
    }

    private void OnReported(object? sender, FaultEventArgs e) => faults.Report(e.Place, e.Error);

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) => faults.Report("task", e.Exception);

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is Exception error)
            faults.Report("program", error);
    }
}
