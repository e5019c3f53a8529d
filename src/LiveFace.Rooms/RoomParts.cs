using LiveFace.Media.Frames;
using LiveFace.Rooms.Pipeline;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms;

/// <summary>What all rooms share.</summary>
public sealed record RoomParts(
    RtcEndpoint Endpoint, FramePool Frames, IVideoCodecs Codecs, IReadOnlyList<RtcCodec> SpokenCodecs, IDetectorShelf Shelf,
    RoomPolicies Policies, PolicyNames Names, Func<string?, OverlayPicture?> Stickers, RoomOptions Options, RoomAdmission Admission, string Device, TimeProvider Clock, ILogger Logger,
    Action<string, Exception> Report)
{
    /// <summary>What a peer may send and get.</summary>
    internal MediaPolicy MediaFor(MediaDirections directions)
    {
        var most = Options.MaximumKbps * 1000L;
        return new MediaPolicy
        {
            VideoCodecs = SpokenCodecs, Directions = directions, MaximumBitrate = most,
            StartBitrate = Math.Min(most, 1_500_000), MaximumReceiveBitrate = most,
        };
    }
}
