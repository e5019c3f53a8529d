using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms;

/// <summary>How a room is doing. <c>RoomStats</c> in docs/reference/protocol.md.</summary>
public sealed record RoomStatistics(
    string Room, DateTimeOffset Time, RoomVideo Video, RoomStages Stages, IReadOnlyDictionary<string, long> Drops,
    RoomDetector Detector, RoomCover Cover, double UnseenPercent, RoomPeer? Publisher, int Viewers)
{
    /// <summary>The keys of <see cref="Drops"/>: every place at which a frame can be let go.</summary>
    public static IReadOnlyList<string> DropPlaces => PipelineMeter.DropPlaces;
}

/// <summary>Pictures in and out.</summary>
public sealed record RoomVideo(
    string? CodecIn, int Width, int Height, double FpsIn, double FpsOut, double KbpsIn, double KbpsOut);

/// <summary>How long each stage took, and the whole way.</summary>
public sealed record RoomStages(Spread Decode, Spread Detect, Spread Track, Spread Redact, Spread Encode, Spread Total);

/// <summary>How far the first model of the policy is.</summary>
public enum DetectorState
{
    /// <summary>It looks.</summary>
    Ready,

    /// <summary>It is being loaded.</summary>
    WarmingUp,

    /// <summary>Its looks come too late.</summary>
    Late,

    /// <summary>It fails.</summary>
    Failing,

    /// <summary>It is not there.</summary>
    Missing,
}

/// <summary>The first model of the policy.</summary>
public sealed record RoomDetector(string Model, string Device, double Fps, double AgeMs, DetectorState State);

/// <summary>The publisher's connection.</summary>
public sealed record RoomPeer(
    double? RoundTripMs, double JitterMs, double LossPercent, double KbpsIn, double KbpsOut, double TargetKbps,
    string? Transport);
