using System.Diagnostics.Metrics;
using LiveFace.Features.Decoding.Libraries;
using LiveFace.Features.Sessions;
using LiveFace.Http;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Decoding;

/// <summary>The processes in which strangers' video and pictures are decoded: started with the server, counted, told of.</summary>
internal static class DecodingSetup
{
    public static void AddDecoding(this IServiceCollection services)
    {
        services.AddSingleton(s => new DecoderSandbox(
            s.GetRequiredService<IOptions<MediaOptions>>().Value.SandboxMode, WorkerCommand.Beside("liveface")));
        services.AddSingleton<DecodingWatch>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<DecodingWatch>());
        services.AddHostedService(s => s.GetRequiredService<DecodingWatch>());
        services.AddSingleton(s => FfmpegTools.OnPath with
        {
            Confiner = ToolConfiner.For(s.GetRequiredService<IOptions<MediaOptions>>().Value.SandboxMode, "liveface"),
        });
        services.AddSingleton<FilmTools>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<FilmTools>());
        services.AddHostedService(s => s.GetRequiredService<FilmTools>());
        services.AddSingleton<LibraryWatch>();
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<LibraryWatch>());
        services.AddHostedService(s => s.GetRequiredService<LibraryWatch>());
    }
}

/// <summary>Starts the first worker, and tells of those that end and of what the system does not allow.</summary>
internal sealed partial class DecodingWatch : IHostedService, IReadinessCheck, IDisposable
{
    private readonly DecoderSandbox _sandbox;
    private readonly ILogger<DecodingWatch> _logger;
    private readonly Meter _meter;
    private string? _told;

    public DecodingWatch(DecoderSandbox sandbox, IMeterFactory meters, ILogger<DecodingWatch> logger)
    {
        _sandbox = sandbox;
        _logger = logger;
        _meter = meters.Create(MeterNames.Server);
        _meter.CreateObservableGauge("liveface.decoders.active", () => sandbox.Active, description: "Decoder processes at work now");
        _meter.CreateObservableCounter(
            "liveface.decoders.ended", Ends, description: "Decoder processes that ended, by how; 'finished' is as it should be");
    }

    public string Name => "decoders";

    public string? Problem() => _sandbox.Problem;

    public string? Note() => _sandbox.Refusal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sandbox.Ended = Tell;
        _sandbox.Ready = TellRefusal;
        _sandbox.Warm();
        TellRefusal();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private void Tell(WorkerEnd end)
    {
        LogEnded(_logger, end);
        TellRefusal();
    }

    private void TellRefusal()
    {
        if (_sandbox.Refusal is { } refusal && Interlocked.Exchange(ref _told, refusal) != refusal)
            LogRefused(_logger, refusal);
    }

    private IEnumerable<Measurement<long>> Ends() => Enum.GetValues<WorkerEnd>().Select(end =>
        new Measurement<long>(_sandbox.CountOf(end), new KeyValuePair<string, object?>("how", end.ToString())));

    [LoggerMessage(Level = LogLevel.Error, Message = "A decoder's process ended: {How}. Its stream goes on in another")]
    private static partial void LogEnded(ILogger logger, WorkerEnd how);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Refusal}")]
    private static partial void LogRefused(ILogger logger, string refusal);
}
