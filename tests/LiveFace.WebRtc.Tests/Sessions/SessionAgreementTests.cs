using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>Offers and answers in mid call.</summary>
public sealed class SessionAgreementTests : SessionTestBase
{
    [Fact]
    public void Streams_that_stay_in_a_new_agreement_go_on()
    {
        var video = TestMedia.Video(1000);
        var session = Started(video, TestMedia.Audio(1100));
        Send(session, isKeyFrame: true);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 1, KeyFrame), _now);

        session.Update([TestMedia.Video(1000), TestMedia.Audio(1100, MediaDirection.Inactive)], _now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 2, DeltaFrame), _now);
        Send(session, isKeyFrame: false).ShouldBe(SendVerdict.Sent);
        _owner.Frames.Count.ShouldBe(2);
        session.SendAudio(new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [0x78], RtpTimestamp = 0 }, _now)
            .ShouldBe(SendVerdict.NoSuchStream);

        session.Update([TestMedia.Video(1000, MediaDirection.SendOnly)], _now);
        session.ReceiveRtp(SessionOwner.Packet(5, 96, 3, DeltaFrame), _now);
        _owner.Frames.Count.ShouldBe(2, "the peer does not send any more");
        Send(session, isKeyFrame: false).ShouldBe(SendVerdict.Sent);
    }

    [Fact]
    public void Numbers_of_a_source_go_on_when_its_m_line_pauses_or_changes_codecs()
    {
        // RFC 3711, section 3.3.1: a leap would put the packet counter of SRTP out of step.
        var session = Started(TestMedia.Video(1000), TestMedia.Audio(1100));
        SendBoth();
        session.Update([TestMedia.Video(1000, MediaDirection.ReceiveOnly), TestMedia.Audio(1100, MediaDirection.Inactive)], _now);
        session.Update([TestMedia.Video(1000), TestMedia.Audio(1100)], _now);
        SendBoth();
        session.Update([TestMedia.Video(1000, rtx: false), TestMedia.Audio(1100)], _now);
        SendBoth();

        foreach (var ssrc in new[] { 1000u, 1100u })
        {
            var numbers = new List<ushort>();
            foreach (var data in _owner.Rtp)
            {
                RtpPacket.TryParse(data, out var packet).ShouldBeTrue();
                if (packet.Ssrc == ssrc)
                    numbers.Add(packet.SequenceNumber);
            }

            numbers.ShouldBe([numbers[0], (ushort)(numbers[0] + 1), (ushort)(numbers[0] + 2)]);
        }

        void SendBoth()
        {
            Send(session, isKeyFrame: true).ShouldBe(SendVerdict.Sent);
            session.SendAudio(
                new OutgoingAudioPacket { Codec = RtcCodec.Opus, Payload = [0x78], RtpTimestamp = 0 }, _now)
                .ShouldBe(SendVerdict.Sent);
        }
    }
}
