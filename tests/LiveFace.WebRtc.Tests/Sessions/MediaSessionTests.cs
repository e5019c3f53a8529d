using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

public sealed partial class MediaSessionTests
{
    private static readonly byte[] KeyFrame = [0x10, 0x10, 1, 2, 3];
    private static readonly byte[] DeltaFrame = [0x10, 0x11, 1, 2, 3];

    private readonly SessionOwner _owner = new();
    private TimeSpan _now = TimeSpan.FromSeconds(10);

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
    public void A_source_that_no_description_named_is_found_by_its_MID()
    {
        // RFC 9143, section 9.2. Two m-lines share their payload types, so only the MID tells.
        var session = Started(TestMedia.Video(1000), TestMedia.Video(2000) with { Mid = "second" });
        session.ReceiveRtp(SessionOwner.Packet(77, 96, 1, KeyFrame, mid: "second"), _now);
        session.ReceiveRtp(SessionOwner.Packet(77, 96, 2, KeyFrame), _now);
        session.ReceiveRtp(SessionOwner.Packet(78, 96, 1, KeyFrame), _now);
        _owner.Frames.Select(f => f.Mid).ShouldBe(["second", "second"]);
        session.GetStatistics(_now).PacketsUnknown.ShouldBe(1);
    }

    [Fact]
    public void A_source_without_MID_is_found_by_a_payload_type_of_one_m_line_alone()
    {
        var session = Started(TestMedia.Video(1000), TestMedia.Audio(1100));
        session.ReceiveRtp(SessionOwner.Packet(77, 111, 1, [0x78, 1]), _now);
        session.ReceiveRtp(SessionOwner.Packet(78, 102, 1, [0x67, 1]), _now);
        session.ReceiveRtp(SessionOwner.Packet(79, 50, 1, [0x65, 1]), _now);
        _owner.Audio.Count.ShouldBe(1);
        _owner.Frames.ShouldBe([("0", RtcCodec.H264, VideoRotation.None)]);
        session.GetStatistics(_now).PacketsUnknown.ShouldBe(1);
    }

    [Fact]
    public void Strangers_cannot_take_the_place_of_a_source_that_is_alive()
    {
        var session = Started(TestMedia.Video(1000));
        for (var i = 0; i < 1000; i++)
        {
            session.ReceiveRtp(SessionOwner.Packet(5, 96, (ushort)i, KeyFrame, mid: "0"), _now);
            session.ReceiveRtp(SessionOwner.Packet((uint)(100 + i), 96, 1, KeyFrame, mid: "0"), _now);
        }

        session.GetStatistics(_now).Inbound.Count.ShouldBe(InboundSources.MaxPerLine);
        session.GetStatistics(_now).Inbound.Single(s => s.Ssrc == 5).FramesReceived.ShouldBe(1000);

        // Once the others have been silent for a while, a new one is let in.
        _now += TimeSpan.FromSeconds(3);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1000, KeyFrame, mid: "0"), _now);
        session.ReceiveRtp(SessionOwner.Packet(9999, 96, 1, KeyFrame, mid: "0"), _now);
        session.GetStatistics(_now).Inbound.ShouldContain(s => s.Ssrc == 9999);
        session.GetStatistics(_now).Inbound.ShouldContain(s => s.Ssrc == 5);
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

    private delegate void Write(ref RtcpWriter writer, ushort argument);

    private MediaSession Started(params NegotiatedMedia[] media)
    {
        var session = new MediaSession(media, _owner, _owner, TestMedia.Options());
        session.Start(_now);
        return session;
    }

    private SendVerdict Send(
        MediaSession session, bool isKeyFrame, RtcCodec codec = RtcCodec.Vp8, byte[]? payload = null,
        TimeSpan recoveryDelay = default) =>
        session.SendVideo(
            new OutgoingVideoFrame
            {
                Codec = codec, Payload = payload ?? (isKeyFrame ? KeyFrame : DeltaFrame), IsKeyFrame = isKeyFrame,
                RecoveryDelay = recoveryDelay,
            },
            _now);

    private void Feedback(MediaSession session, Write write, ushort argument = 0)
    {
        var buffer = new byte[200];
        var writer = new RtcpWriter(buffer);
        write(ref writer, argument);
        session.ReceiveRtcp(buffer.AsSpan(0, writer.Length), _now);
    }

    private void Report(MediaSession session, ReportBlock block) =>
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.ReceiverReport(9, [block]));

    private void PollUntil(MediaSession session, TimeSpan end)
    {
        while (session.NextDeadline <= end)
        {
            _now = session.NextDeadline > _now ? session.NextDeadline : _now;
            session.Poll(_now);
        }

        _now = end;
    }
}
