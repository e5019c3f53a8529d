using System.Net;
using Microsoft.Extensions.Options;

namespace LiveFace.Telemetry;

/// <summary>How the server can be watched; section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where to send metrics by OTLP, such as <c>http://localhost:4317</c>. Empty: nowhere.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string OtlpProtocol { get; set; } = "grpc";

    public int OtlpIntervalSeconds { get; set; } = 15;

    /// <summary>Addresses or networks that may read /metrics without a key.</summary>
    public IList<string> MetricsAllowedFrom { get; } = [];

    /// <summary>Log lines as JSON objects.</summary>
    public bool JsonLogs { get; set; }
}

internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var errors = new List<string>();
        if (!string.IsNullOrEmpty(options.OtlpEndpoint)
            && (!Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            errors.Add($"Telemetry:OtlpEndpoint: '{options.OtlpEndpoint}' is not like 'http://localhost:4317'.");
        if (options.OtlpProtocol is not ("grpc" or "http/protobuf"))
            errors.Add($"Telemetry:OtlpProtocol: must be 'grpc' or 'http/protobuf', was '{options.OtlpProtocol}'.");
        if (options.OtlpIntervalSeconds is < 1 or > 3600)
            errors.Add($"Telemetry:OtlpIntervalSeconds: must be 1 to 3600, was {options.OtlpIntervalSeconds}.");
        foreach (var from in options.MetricsAllowedFrom)
            if (!IPAddress.TryParse(from, out _) && !IPNetwork.TryParse(from, out _))
                errors.Add($"Telemetry:MetricsAllowedFrom: '{from}' is not an address or a network such as '10.0.0.0/8'.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
