using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms;

/// <summary>How a room is doing. <c>RoomStats</c> in docs/reference/protocol.md.</summary>
internal sealed record RoomStatistics(
    string Room, DateTimeOffset Time, RoomVideo Video, RoomStages Stages, IReadOnlyDictionary<string, long> Drops,
    RoomDetector Detector, RoomCover Cover, double UnseenPercent, RoomPeer? Publisher, int Viewers);

internal sealed record RoomVideo(
    string? CodecIn, int Width, int Height, double FpsIn, double FpsOut, double KbpsIn, double KbpsOut);

internal sealed record RoomStages(Spread Decode, Spread Detect, Spread Track, Spread Redact, Spread Encode, Spread Total);

internal enum DetectorState
{
    Ready,
    WarmingUp,
    Late,
    Failing,
    Missing,
}

internal sealed record RoomDetector(string Model, string Device, double Fps, double AgeMs, DetectorState State);

internal sealed record RoomPeer(
    double? RoundTripMs, double JitterMs, double LossPercent, double KbpsIn, double KbpsOut, double TargetKbps,
    string? Transport);
