using LiveFace.Media.Frames;
using LiveFace.Rooms.Pipeline;
using LiveFace.Stickers;
using LiveFace.Telemetry;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms;

/// <summary>What all rooms share.</summary>
internal sealed record RoomParts(
    RtcEndpoint Endpoint, FramePool Frames, IVideoCodecs Codecs, IReadOnlyList<RtcCodec> SpokenCodecs, IDetectorShelf Shelf,
    RoomPolicies Policies, PolicyNames Names, StickerShelf Stickers, RoomOptions Options, RoomAdmission Admission, string Device, TimeProvider Clock, ILogger<Room> Logger,
    FaultSink Faults);
