using System.Diagnostics.Metrics;
using System.Text.Json;
using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Features.Cluster.Relay;

/// <summary>What goes between this node and others: out to those that pull its rooms, in of rooms of theirs.</summary>
internal sealed class RelayCounters : IDisposable
{
    private readonly Meter _meter;

    public RelayCounters(IMeterFactory meters, RelayMeter fed, RelayDirectory? pulled = null)
    {
        _meter = meters.Create("LiveFace.Relay");
        (string Direction, RelayMeter Meter)[] ways = pulled is null ? [("out", fed)] : [("out", fed), ("in", pulled.Meter)];
        Measurement<long>[] Each(Func<RelayMeter, long> read) => [.. ways.Select(way => new Measurement<long>(read(way.Meter), Of(way.Direction)))];
        _meter.CreateObservableGauge("liveface.relay.streams", () => Each(meter => meter.Streams), description: "Streams between this node and others now");
        _meter.CreateObservableGauge("liveface.relay.viewers", () => pulled?.Viewers ?? 0, description: "Who watches rooms of other nodes here");
        _meter.CreateObservableCounter("liveface.relay.pictures", () => Each(meter => meter.Pictures), description: "Pictures that crossed between nodes");
        _meter.CreateObservableCounter("liveface.relay.bytes", () => Each(meter => meter.Bytes), description: "Bytes of those pictures");
        _meter.CreateObservableCounter(
            "liveface.relay.keyframes", () => Each(meter => meter.KeyFramesAsked), description: "Keyframes that viewers asked for through a relay");
        _meter.CreateObservableCounter("liveface.relay.dropped", () => Drops(ways), description: "Pictures and sound let go between nodes, by place");
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<long>[] Drops((string Direction, RelayMeter Meter)[] ways) =>
    [
        .. from way in ways
           from place in Enum.GetValues<RelayDrop>()
           where place != RelayDrop.Count
           select new Measurement<long>(
               way.Meter.Drops(place), Of(way.Direction), new("place", JsonNamingPolicy.CamelCase.ConvertName(place.ToString()))),
    ];

    private static KeyValuePair<string, object?> Of(string direction) => new("direction", direction);
}
