using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms.Relay;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms;

/// <summary>
/// One peer in a room; as far as it receives video, it is one of the room's outlets, or one of a relay's where another node
/// has the room.
/// </summary>
internal sealed class RoomSession(RtcPeer peer, string answerSdp, bool publishes, DateTimeOffset since)
    : IRoomSession, IRelayedOutlet
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly VideoCodec? _codec = peer.NegotiatedVideoCodec is { } codec ? CodecNames.FromRtc(codec) : null;

    public string Id => Peer.Id;

    public string AnswerSdp { get; } = answerSdp;

    public RtcPeer Peer { get; } = peer;

    public Task Ended => _ended.Task;

    public bool Publishes { get; } = publishes;

    public DateTimeOffset Since { get; } = since;

    public bool IsConnected => Peer.State == RtcPeerState.Connected;

    public bool WatchesVideo => _codec is not null && (Peer.Directions & MediaDirections.SendVideo) != 0;

    public bool SendsAudio => (Peer.Directions & MediaDirections.ReceiveAudio) != 0;

    VideoCodec IVideoWay.Codec => _codec ?? VideoCodec.Vp8;

    bool IVideoWay.IsReady => IsConnected;

    long IVideoWay.TargetBitrate => Peer.TargetBitrate;

    public SendVerdict Send(in SentPicture sent) => Peer.SendVideo(new OutgoingVideoFrame
    {
        Codec = CodecNames.ToRtc(sent.Picture.Codec), Payload = sent.Picture.Payload, IsKeyFrame = sent.Picture.IsKeyFrame,
        CaptureTime = sent.CaptureTime, RtpTimestamp = sent.RtpTimestamp, KeepsTimestamp = true, RecoveryDelay = sent.RecoveryDelay,
    });

    public SendVerdict Send(in RelayedPicture picture, in RelayTimes times) => Peer.SendVideo(new OutgoingVideoFrame
    {
        Codec = CodecNames.ToRtc(picture.Codec), Payload = picture.Payload, IsKeyFrame = picture.IsKeyFrame,
        CaptureTime = times.CaptureTime, RtpTimestamp = times.RtpTimestamp, KeepsTimestamp = true, RecoveryDelay = times.RecoveryDelay,
    });

    public void Hear(in OutgoingAudioPacket packet)
    {
        if (IsConnected)
            Peer.SendAudio(packet);
    }

    public string? ApplyFragment(string sdpFragment) => Peer.ApplyFragment(sdpFragment);

    public void Close() => Peer.Close();

    public void MarkEnded() => _ended.TrySetResult();
}
