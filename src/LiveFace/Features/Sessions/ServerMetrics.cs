using System.Diagnostics.Metrics;
using LiveFace.Telemetry;

namespace LiveFace.Features.Sessions;

/// <summary>What the doors count: sessions, hub connections, refusals.</summary>
internal sealed class ServerMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _refused;
    private readonly UpDownCounter<long> _hubConnections;
    private readonly Counter<long> _hubDropped;

    public ServerMetrics(IMeterFactory meters, SessionDirectory sessions)
    {
        _meter = meters.Create(MeterNames.Server);
        _opened = _meter.CreateCounter<long>("liveface.sessions.opened", description: "Media sessions opened");
        _refused = _meter.CreateCounter<long>("liveface.sessions.refused", description: "Media sessions refused, by reason");
        _hubConnections = _meter.CreateUpDownCounter<long>("liveface.hub.connections", description: "Hub connections now");
        _hubDropped = _meter.CreateCounter<long>(
            "liveface.hub.dropped", description: "Events that a slow hub client did not get, by kind");
        _meter.CreateObservableGauge(
            "liveface.sessions.active", () => (long)sessions.Count, description: "Media sessions now");
        // An instrument that has counted nothing is not written; a page shows zeros rather than nothing.
        foreach (var kind in Enum.GetValues<SessionKind>())
        {
            _opened.Add(0, KindOf(kind));
            _refused.Add(0, KindOf(kind));
        }
        _hubConnections.Add(0);
        _hubDropped.Add(0);
    }

    public void SessionOpened(SessionKind kind) => _opened.Add(1, KindOf(kind));

    public void SessionRefused(SessionKind kind, string code) => _refused.Add(
        1, KindOf(kind), new KeyValuePair<string, object?>("reason", code));

    public void HubConnected() => _hubConnections.Add(1);

    public void HubDisconnected() => _hubConnections.Add(-1);

    public void HubDropped(string kind) => _hubDropped.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> KindOf(SessionKind kind) => new("kind", kind switch
    {
        SessionKind.Whip => "whip",
        SessionKind.Whep => "whep",
        _ => "peer",
    });
}
