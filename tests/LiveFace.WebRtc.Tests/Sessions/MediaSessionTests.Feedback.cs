using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>What RTCP carries both ways: requests, reports, goodbyes.</summary>
public sealed partial class MediaSessionTests
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

    [Fact]
    public void Reports_come_about_once_a_second_with_all_that_is_sent_and_received()
    {
        var session = Started(TestMedia.Video(1000), TestMedia.Audio(1100));
        Send(session, isKeyFrame: true);
        session.SendAudio(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [0x78], RtpTimestamp = 0 }, _now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);
        session.ReceiveRtp(SessionOwner.Packet(6, 111, 1, [0x78]), _now);
        PollUntil(session, _now + TimeSpan.FromSeconds(10));

        var reports = _owner.Rtcp.Where(c => c[1] == RtcpType.SenderReport).ToList();
        reports.Count.ShouldBeInRange(7, 15);
        var reader = new RtcpReader(reports[0]);
        reader.TryRead(out var first).ShouldBeTrue();
        first.Count.ShouldBe((byte)2, "two sources are reported on");
        _owner.RtcpTypes().First(t => t.StartsWith("200", StringComparison.Ordinal)).ShouldBe("200 202 200 202");
    }

    [Fact]
    public void A_round_trip_is_read_from_a_report()
    {
        var session = Started(TestMedia.Video(1000));
        Send(session, isKeyFrame: true);
        var sentAt = _now;
        var ntp = NtpTime.From(TestMedia.Options().ClockOrigin, sentAt).Compact;
        _now += TimeSpan.FromMilliseconds(180);
        Report(session, new ReportBlock
        {
            Ssrc = 1000, LastSenderReport = ntp, DelaySinceLastSenderReport = NtpTime.ToCompact(TimeSpan.FromMilliseconds(100)),
            FractionLost = 64, CumulativeLost = 3, Jitter = 900,
        });
        var statistics = session.GetStatistics(_now);
        statistics.CurrentRoundTripTime!.Value.TotalMilliseconds.ShouldBe(80, 0.1);
        var outbound = statistics.Outbound.Single();
        (outbound.FractionLost, outbound.RemotePacketsLost, outbound.RemoteJitter)
            .ShouldBe((0.25, 3, TimeSpan.FromMilliseconds(10)));
    }

    [Fact]
    public void A_bitrate_that_the_receiver_names_is_kept_to()
    {
        var session = Started(TestMedia.Video(1000));
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.EstimatedBitrate(9, 300_000, [1000]));
        session.TargetBitrate.ShouldBe(300_000);
    }

    [Fact]
    public void The_most_that_a_peer_may_send_is_told_by_REMB()
    {
        var session = new MediaSession(
            [TestMedia.Video(1000)], _owner, _owner, TestMedia.Options() with { MaxReceiveBitrate = 700_000 });
        session.Start(_now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);
        PollUntil(session, _now + TimeSpan.FromSeconds(1));
        _owner.RtcpTypes().ShouldContain(t => t.EndsWith("206/15", StringComparison.Ordinal));
    }

    [Fact]
    public void Goodbye_names_every_source_and_ends_the_session()
    {
        var session = Started(TestMedia.Video(1000), TestMedia.Audio(1100));
        Send(session, isKeyFrame: true);
        session.Close(_now);
        _owner.RtcpTypes()[^1].ShouldEndWith("203");
        _owner.Rtp.Clear();
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);
        Send(session, isKeyFrame: true).ShouldNotBe(SendVerdict.Sent);
        session.Poll(_now).ShouldBe(TimeSpan.MaxValue);
        _owner.Rtp.ShouldBeEmpty();
        session.BuffersLent.ShouldBe(0);
    }

    [Fact]
    public void The_peers_goodbye_forgets_its_source()
    {
        var session = Started(TestMedia.Video(1000));
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.Goodbye([5]));
        session.GetStatistics(_now).Inbound.ShouldBeEmpty();
    }
}
