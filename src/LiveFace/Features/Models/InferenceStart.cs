using LiveFace.Vision.Inference;

namespace LiveFace.Features.Models;

/// <summary>
/// Chooses the device when the server starts, not when the first room asks: a setting that cannot be met ends the start
/// with its sentence, and the log has its one line.
/// </summary>
internal sealed partial class InferenceStart(IServiceProvider services, ILogger<InferenceStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var device = services.GetRequiredService<InferenceSessions>().Device;
        LogDevice(logger, device);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Models run on {Device}")]
    private static partial void LogDevice(ILogger logger, InferenceDevice device);
}
