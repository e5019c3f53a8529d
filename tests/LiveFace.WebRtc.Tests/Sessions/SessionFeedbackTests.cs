using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>What a session does about losses and requests for key frames, both ways.</summary>
public sealed class SessionFeedbackTests : SessionTestBase
{
    [Fact]
    public void A_NACK_is_answered_by_RTX_once_in_a_round_trip()
    {
        var session = Started(TestMedia.Video(1000));
        Send(session, isKeyFrame: true);
        RtpPacket.TryParse(_owner.Rtp[0], out var sent).ShouldBeTrue();
        Feedback(session, (ref RtcpWriter writer, ushort missing) => writer.Nack(9, 1000, [missing]), sent.SequenceNumber);
        Feedback(session, (ref RtcpWriter writer, ushort missing) => writer.Nack(9, 1000, [missing]), sent.SequenceNumber);
        _owner.Rtp.Count.ShouldBe(2);
        RtpPacket.TryParse(_owner.Rtp[1], out var again).ShouldBeTrue();
        // RFC 4588, section 4: another source and payload type, the first two bytes are the number it had.
        (again.Ssrc, again.PayloadType, again.Timestamp).ShouldBe((1001u, (byte)97, sent.Timestamp));
        System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(again.Payload).ShouldBe(sent.SequenceNumber);
        again.Payload[2..].ToArray().ShouldBe(sent.Payload.ToArray());
    }

    [Fact]
    public void Requests_for_key_frames_reach_the_encoder_throttled()
    {
        var session = Started(TestMedia.Video(1000));
        Send(session, isKeyFrame: true);
        _owner.KeyFrameRequests.Clear();
        _now += TimeSpan.FromSeconds(1);
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.PictureLoss(9, 1000));
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.FullIntraRequest(9, 1000, 1));
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.FullIntraRequest(9, 1000, 1));
        _owner.KeyFrameRequests.ShouldBe(["0"]);
        var outbound = session.GetStatistics(_now).Outbound.Single();
        (outbound.PliCount, outbound.FirCount).ShouldBe((1, 2));
        PollUntil(session, _now + TimeSpan.FromSeconds(1));
        _owner.KeyFrameRequests.Count.ShouldBe(2, "the ones that came too soon become one");
    }

    [Fact]
    public void A_receiver_that_cannot_keep_up_does_not_ask_for_key_frames_all_the_time()
    {
        var session = new MediaSession(
            [TestMedia.Video(1000)], _owner, _owner, TestMedia.Options() with { StartBitrate = 100_000 });
        session.Start(_now);
        _owner.KeyFrameRequests.Clear();
        var congested = 0;
        var wanted = 0;
        // 30 frames a second of a stream ten times too fast, for a minute.
        for (var i = 0; i < 1800; i++)
        {
            var isKeyFrame = i == 0 || _owner.KeyFrameRequests.Count > wanted;
            wanted = _owner.KeyFrameRequests.Count;
            var payload = TestFrame.Make(RtcCodec.Vp8, i, isKeyFrame, isKeyFrame ? 12_000 : 4000);
            congested += Send(session, isKeyFrame, payload: payload) == SendVerdict.Congested ? 1 : 0;
            PollUntil(session, _now + TimeSpan.FromMilliseconds(33));
        }

        congested.ShouldBeGreaterThan(2);
        wanted.ShouldBeInRange(3, 20);
    }

    [Fact]
    public void A_key_frame_is_asked_for_by_PLI_or_where_that_is_not_agreed_by_FIR()
    {
        var session = Started(TestMedia.Video(1000));
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, DeltaFrame), _now);
        session.Poll(_now);
        _owner.RtcpTypes().ShouldContain("206/1");

        var other = new SessionOwner();
        session = new MediaSession(
            [TestMedia.Video(1000, feedback: RtcpFeedback.FullIntraRequest)], other, other, TestMedia.Options());
        session.Start(_now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);
        session.RequestKeyFrame(_now);
        session.Poll(_now);
        other.RtcpTypes().ShouldContain("206/4");
    }

    [Theory]
    [InlineData(true, "205/1")]
    [InlineData(false, "201 202 205/1")]
    public void Feedback_is_a_compound_unless_reduced_size_was_agreed(bool reducedSize, string types)
    {
        // RFC 3550, section 6.1, and RFC 5506.
        var session = Started(TestMedia.Video(1000, reducedSize: reducedSize));
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 3, DeltaFrame), _now);
        session.Poll(_now);
        _owner.RtcpTypes().ShouldContain(types);
    }
}
