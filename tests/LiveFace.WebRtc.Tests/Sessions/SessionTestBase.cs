using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>A session whose packets and events are kept, at a time that the test moves.</summary>
public abstract class SessionTestBase
{
    private protected static readonly byte[] KeyFrame = [0x10, 0x10, 1, 2, 3];
    private protected static readonly byte[] DeltaFrame = [0x10, 0x11, 1, 2, 3];
    private protected readonly SessionOwner _owner = new();
    private protected TimeSpan _now = TimeSpan.FromSeconds(10);

    private protected delegate void Write(ref RtcpWriter writer, ushort argument);

    private protected MediaSession Started(params NegotiatedMedia[] media)
    {
        var session = new MediaSession(media, _owner, _owner, TestMedia.Options());
        session.Start(_now);
        return session;
    }

    private protected SendVerdict Send(
        MediaSession session, bool isKeyFrame, RtcCodec codec = RtcCodec.Vp8, byte[]? payload = null,
        TimeSpan recoveryDelay = default) =>
        session.SendVideo(
            new OutgoingVideoFrame
            {
                Codec = codec, Payload = payload ?? (isKeyFrame ? KeyFrame : DeltaFrame), IsKeyFrame = isKeyFrame,
                RecoveryDelay = recoveryDelay,
            },
            _now);

    private protected void Feedback(MediaSession session, Write write, ushort argument = 0)
    {
        var buffer = new byte[200];
        var writer = new RtcpWriter(buffer);
        write(ref writer, argument);
        session.ReceiveRtcp(buffer.AsSpan(0, writer.Length), _now);
    }

    private protected void Report(MediaSession session, ReportBlock block) =>
        Feedback(session, (ref RtcpWriter writer, ushort _) => writer.ReceiverReport(9, [block]));

    private protected void PollUntil(MediaSession session, TimeSpan end)
    {
        while (session.NextDeadline <= end)
        {
            _now = session.NextDeadline > _now ? session.NextDeadline : _now;
            session.Poll(_now);
        }

        _now = end;
    }
}
