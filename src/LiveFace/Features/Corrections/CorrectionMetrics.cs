using System.Diagnostics.Metrics;
using LiveFace.Features.Corrections.State;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Corrections;

/// <summary>How many corrections are kept.</summary>
internal sealed class CorrectionMetrics : IDisposable
{
    private readonly Meter _meter;

    public CorrectionMetrics(IMeterFactory meters, StoredCorrections stored)
    {
        _meter = meters.Create(MeterNames.Server);
        _meter.CreateObservableGauge("liveface.corrections.kept", () => Count(stored), description: "Corrections that are kept now, by state");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Count(StoredCorrections stored)
    {
        var states = stored.States;
        return Enum.GetNames<CorrectionState>().Select(name => name.ToLowerInvariant()).Select(state => new Measurement<long>(
            states.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state)));
    }
}
