using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Which m line a source belongs to, and who may take its place.</summary>
public sealed class SessionSourceTests : SessionTestBase
{
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
}
