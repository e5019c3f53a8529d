using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace LiveFace.Telemetry;

/// <summary>Our meters and the framework's, for <c>/metrics</c> and, when one is named, for an OpenTelemetry collector.</summary>
internal sealed partial class MetricsExport : IHostedService, IDisposable
{
    private const int FlushMilliseconds = 1000;

    private static readonly string[] Meters =
    [
        "LiveFace*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
    ];

    private readonly TelemetryOptions _options;
    private readonly ILogger<MetricsExport> _logger;

    public MetricsExport(IMeterFactory meters, IOptions<TelemetryOptions> options, ILogger<MetricsExport> logger)
    {
        _options = options.Value;
        _logger = logger;
        var builder = Sdk.CreateMeterProviderBuilder()
            .AddMeter(Meters)
            .AddView(instrument => MetricViews.For(instrument, meters))
            .AddPrometheusExporter(exporter =>
            {
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
                exporter.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        if (!string.IsNullOrEmpty(_options.OtlpEndpoint))
            builder.AddOtlpExporter(Configure);
        Provider = builder.Build();
    }

    public MeterProvider Provider { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(_options.OtlpEndpoint))
            LogExporting(_logger, _options.OtlpEndpoint, _options.OtlpProtocol);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Provider.Shutdown(FlushMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => Provider.Dispose();

    private void Configure(OtlpExporterOptions exporter, MetricReaderOptions reader)
    {
        exporter.Endpoint = new Uri(_options.OtlpEndpoint!);
        exporter.Protocol = _options.OtlpProtocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.TimeoutMilliseconds = FlushMilliseconds * 2;
        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = _options.OtlpIntervalSeconds * 1000;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics go to {Endpoint} by OTLP ({Protocol})")]
    private static partial void LogExporting(ILogger logger, string endpoint, string protocol);
}
