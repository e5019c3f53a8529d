using LiveFace.Media.Ffmpeg;
using LiveFace.Telemetry;

namespace LiveFace.Features.Decoding;

/// <summary>
/// Looks at the start whether FFmpeg, which reads and writes films, is there and can be confined, and tells of what is
/// missing. A server that is sent live video alone does well without it.
/// </summary>
internal sealed partial class FilmTools(FfmpegTools tools, FaultSink faults, ILogger<FilmTools> logger)
    : BackgroundService, IReadinessCheck
{
    private volatile string? _missing;
    private volatile string? _refusal;

    public string Name => "ffmpeg";

    /// <summary>The version that is installed; null before it was asked, or where there is none.</summary>
    public string? Version { get; private set; }

    public string? Problem() => tools.Confiner is { IsRequired: true } ? _refusal : null;

    public string? Note() => tools.Confiner is null
        ? "Media:Sandbox is off: FFmpeg may open every file that the server may."
        : _missing ?? _refusal;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (tools.Confiner is not { } confiner)
            return;
        try
        {
            if (await confiner.FindProblemAsync(stoppingToken) is { } problem)
            {
                _refusal = confiner.IsRequired
                    ? $"FFmpeg cannot be confined, as Media:Sandbox requires, and is not started: {problem}."
                    : $"FFmpeg is not wholly confined: {problem}.";
                LogRefusal(logger, _refusal);
            }

            Version = await tools.ReadVersionAsync(stoppingToken);
        }
        catch (FfmpegException missing)
        {
            _missing = $"Films cannot be read or written: {missing.Message}";
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops before it knows.
        }
#pragma warning disable CA1031 // What goes wrong here must not end the server.
        catch (Exception error)
#pragma warning restore CA1031
        {
            faults.Report("ffmpeg", error);
            _missing = "Films may not be readable: whether FFmpeg is there could not be found out.";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Refusal}")]
    private static partial void LogRefusal(ILogger logger, string refusal);
}
