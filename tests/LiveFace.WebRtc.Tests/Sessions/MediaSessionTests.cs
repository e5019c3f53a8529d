using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>What a session sends, and when.</summary>
public sealed class MediaSessionTests : SessionTestBase
{
    [Fact]
    public void Nothing_is_sent_before_the_start_and_a_key_frame_is_asked_for_with_it()
    {
        var session = new MediaSession([TestMedia.Video(1000)], _owner, _owner, TestMedia.Options());
        Send(session, isKeyFrame: true).ShouldBe(SendVerdict.WaitingForKeyFrame);
        _owner.Rtp.ShouldBeEmpty();
        session.Start(_now);
        _owner.KeyFrameRequests.ShouldBe(["0"]);
        Send(session, isKeyFrame: false).ShouldBe(SendVerdict.WaitingForKeyFrame);
        Send(session, isKeyFrame: true).ShouldBe(SendVerdict.Sent);
        Send(session, isKeyFrame: false).ShouldBe(SendVerdict.Sent);
        _owner.Rtp.Count.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_sent_is_told_why()
    {
        var session = Started(TestMedia.Video(1000) with { Codecs = [TestMedia.Video(1).Codecs[0]] });
        Send(session, isKeyFrame: true, RtcCodec.Vp9).ShouldBe(SendVerdict.CodecNotNegotiated);
        Send(session, isKeyFrame: true, payload: []).ShouldBe(SendVerdict.Malformed);
        session.SendAudio(
            new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [0x78], RtpTimestamp = 0 }, _now)
            .ShouldBe(SendVerdict.NoSuchStream);
        session.SendVideo(
            new OutgoingVideoFrame { Codec = RtcCodec.Vp8, Payload = KeyFrame, IsKeyFrame = true }, _now, mid: "7")
            .ShouldBe(SendVerdict.NoSuchStream);
        Started(TestMedia.Video(1000, MediaDirection.ReceiveOnly)).SendVideo(
            new OutgoingVideoFrame { Codec = RtcCodec.Vp8, Payload = KeyFrame, IsKeyFrame = true }, _now)
            .ShouldBe(SendVerdict.NoSuchStream);
    }

    [Fact]
    public void A_slice_of_H264_whose_parameter_sets_are_missing_is_no_key_frame_yet()
    {
        var session = Started(TestMedia.Video(1000));
        byte[] parameters = [0x78, 0, 2, 0x67, 1, 0, 2, 0x68, 2];
        byte[] slice = [0x65, 3, 4];
        session.ReceiveRtp(SessionOwner.Packet(5, 102, 1, parameters, marker: false), _now);
        session.ReceiveRtp(SessionOwner.Packet(5, 102, 2, slice), _now);
        _owner.Frames.Count.ShouldBe(1);
        session.ReceiveRtp(SessionOwner.Packet(5, 102, 4, slice), _now);
        _owner.Frames.Count.ShouldBe(1, "what is missing may belong to it");
        session.ReceiveRtp(SessionOwner.Packet(5, 102, 3, parameters, marker: false), _now);
        _owner.Frames.Count.ShouldBe(2);
    }

    [Fact]
    public void Turned_pictures_say_so_in_both_directions()
    {
        var session = Started(TestMedia.Video(1000));
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame, rotation: VideoRotation.Clockwise90), _now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 2, KeyFrame), _now);
        _owner.Frames.Select(f => f.Rotation).ShouldBe([VideoRotation.Clockwise90, VideoRotation.None]);

        session.SendVideo(
            new OutgoingVideoFrame
            {
                Codec = RtcCodec.Vp8, Payload = KeyFrame, IsKeyFrame = true, Rotation = VideoRotation.Clockwise270,
            },
            _now);
        SessionOwner.Extensions(_owner.Rtp[^1]).Rotation.ShouldBe(VideoRotation.Clockwise270);
        Send(session, isKeyFrame: false);
        SessionOwner.Extensions(_owner.Rtp[^1]).Rotation.ShouldBe(VideoRotation.None, "it was turned before");
        Send(session, isKeyFrame: false);
        SessionOwner.Extensions(_owner.Rtp[^1]).Rotation.ShouldBeNull();
    }

    [Fact]
    public void The_MID_is_sent_until_the_peer_reports_on_the_source()
    {
        var session = Started(TestMedia.Video(1000));
        Send(session, isKeyFrame: true);
        SessionOwner.Extensions(_owner.Rtp[^1]).Mid.ToArray().ShouldBe("0"u8.ToArray());
        Report(session, new ReportBlock { Ssrc = 1000 });
        Send(session, isKeyFrame: false);
        SessionOwner.Extensions(_owner.Rtp[^1]).Mid.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Each_packet_has_its_own_transport_wide_number()
    {
        var session = Started(TestMedia.Video(1000), TestMedia.Audio(1100));
        Send(session, isKeyFrame: true);
        session.SendAudio(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [0x78], RtpTimestamp = 0 }, _now);
        Send(session, isKeyFrame: false);
        _owner.Rtp.Select(p => (int)SessionOwner.Extensions(p).TransportSequence!.Value).ShouldBe([0, 1, 2]);
    }
}
