using System.Diagnostics.Metrics;
using System.Text.Json;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Telemetry;

namespace LiveFace.Features.Rooms;

/// <summary>
/// How all rooms together are doing. Rooms are named by their users, so no room's name is a label: rates are sums, times
/// are those of the worst room, and drops go on counting when a room has gone.
/// </summary>
internal sealed class RoomMetrics : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly Meter _meter;
    private readonly IRoomDirectory _rooms;
    private readonly FaultSink _faults;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly RoomDrops _drops = new();
    private IReadOnlyList<RoomStatistics> _read = [];
    private long _readAt;

    public RoomMetrics(IMeterFactory meters, IRoomDirectory rooms, FaultSink faults, TimeProvider time)
    {
        _faults = faults;
        _rooms = rooms;
        _time = time;
        _meter = meters.Create("LiveFace.Rooms");
        _meter.CreateObservableGauge("liveface.rooms.active", () => _rooms.All.Count, description: "Rooms now");
        _meter.CreateObservableGauge(
            "liveface.rooms.publishing", () => Read().Count(r => r.Publisher is not null), description: "Rooms with a publisher");
        _meter.CreateObservableGauge("liveface.rooms.viewers", () => Read().Sum(r => r.Viewers), description: "Viewers in all rooms");
        _meter.CreateObservableGauge("liveface.rooms.covered", Covers, description: "Rooms whose whole picture is covered, by reason");
        _meter.CreateObservableGauge("liveface.frames.rate", Rates, description: "Frames a second of all rooms, by direction");
        _meter.CreateObservableGauge("liveface.video.rate", Bits, "bits/s", "Video in and out of all rooms, by direction");
        _meter.CreateObservableGauge("liveface.stage.p95", Stages, "ms", "95th percentile of each stage in the slowest room");
        _meter.CreateObservableGauge(
            "liveface.detection.age", () => Read().Select(r => r.Detector.AgeMs).DefaultIfEmpty().Max(), "ms",
            "Age of the newest detection in the room where it is oldest");
        _meter.CreateObservableGauge(
            "liveface.picture.unseen", () => Read().Select(r => r.UnseenPercent).DefaultIfEmpty().Max(), "%",
            "Part of the picture that is hidden because it was not looked at as promised, in the room where it is most");
        _meter.CreateObservableCounter("liveface.frames.dropped", Drops, description: "Frames let go, by place");
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    /// <summary>Every reason every time: a series that is not measured again would keep its last value.</summary>
    private Measurement<int>[] Covers()
    {
        var rooms = Read();
        return
        [
            .. Enum.GetValues<RoomCover>().Where(cover => cover != RoomCover.None).Select(cover => new Measurement<int>(
                rooms.Count(room => room.Cover == cover), Tag("reason", JsonNamingPolicy.KebabCaseLower.ConvertName(cover.ToString())))),
        ];
    }

    private Measurement<double>[] Rates() =>
    [
        new(Read().Sum(r => r.Video.FpsIn), Tag("direction", "in")),
        new(Read().Sum(r => r.Video.FpsOut), Tag("direction", "out")),
    ];

    private Measurement<double>[] Bits() =>
    [
        new(Read().Sum(r => r.Video.KbpsIn) * 1000, Tag("direction", "in")),
        new(Read().Sum(r => r.Video.KbpsOut) * 1000, Tag("direction", "out")),
    ];

    private Measurement<double>[] Stages()
    {
        var stages = Read().Select(r => r.Stages).ToArray();
        Measurement<double> Worst(string stage, Func<RoomStages, Spread> of) =>
            new(stages.Select(s => of(s).P95).DefaultIfEmpty().Max(), Tag("stage", stage));
        return
        [
            Worst("decode", s => s.Decode), Worst("detect", s => s.Detect), Worst("track", s => s.Track),
            Worst("redact", s => s.Redact), Worst("encode", s => s.Encode), Worst("total", s => s.Total),
        ];
    }

    private Measurement<long>[] Drops()
    {
        Read();
        lock (_lock)
            return [.. _drops.ByPlace.Select(d => new Measurement<long>(d.Value, Tag("place", d.Key)))];
    }

    /// <summary>One reading serves all instruments of a scrape.</summary>
    private IReadOnlyList<RoomStatistics> Read()
    {
        lock (_lock)
        {
            if (_readAt != 0 && _time.GetElapsedTime(_readAt) < Fresh)
                return _read;
            // The exporter would keep the fault to itself; the instruments go on with what was read before.
            _faults.Guard("metrics", () => _read = [.. _rooms.All.Select(r => r.ReadStatistics())]);
            _readAt = _time.GetTimestamp();
            _drops.Take(_read);
            return _read;
        }
    }
}
