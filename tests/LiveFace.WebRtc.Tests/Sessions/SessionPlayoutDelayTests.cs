using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>The playout delay that frames which came late make necessary.</summary>
public sealed class SessionPlayoutDelayTests : SessionTestBase
{
    [Fact]
    public void A_delay_that_late_frames_need_is_told_until_the_peer_has_it()
    {
        var session = Started(TestMedia.Video(1000));
        Send(session, isKeyFrame: true);
        SessionOwner.PlayoutDelay(_owner.Rtp[^1]).ShouldBe((TimeSpan.Zero, TimeSpan.Zero));
        Report(_owner.Rtp[^1]);
        Send(session, isKeyFrame: false);
        SessionOwner.PlayoutDelay(_owner.Rtp[^1]).ShouldBeNull();

        // What was lost on the way to here, three times in the last seconds.
        for (var i = 0; i < 3; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            Send(session, isKeyFrame: false, recoveryDelay: TimeSpan.FromMilliseconds(95));
        }

        var needed = TimeSpan.FromMilliseconds(110);
        SessionOwner.PlayoutDelay(_owner.Rtp[^1]).ShouldBe((needed, needed));
        Report(_owner.Rtp[^1]);
        for (var i = 0; i < 20; i++)
            Send(session, isKeyFrame: false);
        SessionOwner.PlayoutDelay(_owner.Rtp[^1]).ShouldBe((needed, needed), "the peer has not reported on enough of them");
        Report(_owner.Rtp[^1]);
        Send(session, isKeyFrame: false);
        SessionOwner.PlayoutDelay(_owner.Rtp[^1]).ShouldBeNull();
        Send(session, isKeyFrame: true);
        SessionOwner.PlayoutDelay(_owner.Rtp[^1]).ShouldBe((needed, needed), "a key frame is where a decoder may begin");

        void Report(byte[] last)
        {
            RtpPacket.TryParse(last, out var packet).ShouldBeTrue();
            this.Report(session, new ReportBlock { Ssrc = 1000, HighestSequence = packet.SequenceNumber });
        }
    }
}
