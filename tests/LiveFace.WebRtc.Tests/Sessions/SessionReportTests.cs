using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Reports, bitrates that are named, and goodbyes.</summary>
public sealed class SessionReportTests : SessionTestBase
{
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
