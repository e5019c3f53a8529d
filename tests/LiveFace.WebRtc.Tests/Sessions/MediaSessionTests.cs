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
