using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms;

/// <summary>Gathers how a room is doing, for people.</summary>
internal static class StatisticsReport
{
    public static RoomStatistics Of(
        RoomPipeline pipeline, RoomState state, PolicySnapshot policy, string device, RoomPeer? publisher, DateTimeOffset time)
    {
        var meter = pipeline.Meter;
        var now = pipeline.Now;
        var (fpsIn, kbpsIn) = meter.In.Read(now);
        var (fpsOut, kbpsOut) = meter.Out.Read(now);
        return new RoomStatistics(
            state.Room, time,
            new RoomVideo(state.Publisher?.Codec, state.Publisher?.Width ?? 0, state.Publisher?.Height ?? 0, fpsIn, fpsOut, kbpsIn, kbpsOut),
            new RoomStages(
                meter.Decode.Read(), meter.Detect.Read(), meter.Track.Read(), meter.Redact.Read(), meter.Encode.Read(),
                meter.Total.Read()),
            meter.ReadDrops(), DetectorOf(pipeline, state, policy, device, now), state.Cover, Math.Round(meter.Unseen.Mean * 100, 2), publisher, state.Viewers);
    }

    private static RoomDetector DetectorOf(
        RoomPipeline pipeline, RoomState state, PolicySnapshot policy, string device, TimeSpan now)
    {
        var names = policy.Models;
        var model = names.Length > 0 ? names[0] : "";
        var age = pipeline.DetectionAge;
        var looks = Math.Round(pipeline.Meter.Looks.Read(now).PerSecond, 1);
        return new RoomDetector(model, device, looks, Math.Round(age.TotalMilliseconds, 1), state.Cover switch
        {
            RoomCover.ModelMissing => DetectorState.Missing,
            RoomCover.DetectorUnavailable => DetectorState.Failing,
            RoomCover.DetectorLate => DetectorState.Late,
            RoomCover.Starting => DetectorState.WarmingUp,
            _ => DetectorState.Ready,
        });
    }
}
