using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace LiveFace.Telemetry;

/// <summary>Sends the metrics to an OpenTelemetry collector, when one is configured.</summary>
internal sealed partial class OtlpExport(IOptions<TelemetryOptions> options, ILogger<OtlpExport> logger) : IHostedService
{
    private const int FlushMilliseconds = 1000;

    private MeterProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (string.IsNullOrEmpty(settings.OtlpEndpoint))
            return Task.CompletedTask;
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter("LiveFace*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = new Uri(settings.OtlpEndpoint);
                exporter.Protocol = settings.OtlpProtocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.TimeoutMilliseconds = FlushMilliseconds * 2;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.OtlpIntervalSeconds * 1000;
            })
            .Build();
        LogExporting(logger, settings.OtlpEndpoint, settings.OtlpProtocol);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(FlushMilliseconds);
        _provider?.Dispose();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics go to {Endpoint} by OTLP ({Protocol})")]
    private static partial void LogExporting(ILogger logger, string endpoint, string protocol);
}
