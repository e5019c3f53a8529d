using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>A session with an application that looks at every frame that comes.</summary>
internal sealed class SimulatedPeer : IPacketSink, IMediaSessionEvents
{
    private readonly Action<SimulatedPeer, byte[], bool> _send;

    public SimulatedPeer(
        IReadOnlyList<NegotiatedMedia> media, MediaSessionOptions options, Action<SimulatedPeer, byte[], bool> send)
    {
        _send = send;
        Session = new MediaSession(media, this, this, options);
    }

    public MediaSession Session { get; }

    public TimeSpan Now { get; set; }

    public List<(int Number, TimeSpan At, bool IsKeyFrame, bool IsContiguous, TimeSpan? Capture)> Frames { get; } = [];

    public List<(uint Timestamp, long Sequence, TimeSpan At, TimeSpan? Capture)> Audio { get; } = [];

    public int KeyFrameRequests { get; private set; }

    public bool NeedsKeyFrame { get; set; } = true;

    public long Target { get; private set; }

    public int RtcpPackets { get; private set; }

    public Action<byte[], bool>? Sniff { get; set; }

    public void SendRtp(Span<byte> buffer, int length) => Pass(buffer, length, rtcp: false);

    public void SendRtcp(Span<byte> buffer, int length)
    {
        RtcpPackets++;
        Pass(buffer, length, rtcp: true);
    }

    public void OnVideoFrame(in ReceivedVideoFrame frame) =>
        Frames.Add((TestFrame.Check(frame.Payload, frame.Codec, frame.IsKeyFrame), Now, frame.IsKeyFrame,
            frame.IsContiguous, frame.CaptureTime));

    public void OnAudioPacket(in ReceivedAudioPacket packet) =>
        Audio.Add((packet.RtpTimestamp, packet.SequenceNumber, Now, packet.CaptureTime));

    public void OnKeyFrameRequested(string mid)
    {
        KeyFrameRequests++;
        NeedsKeyFrame = true;
    }

    public void OnTargetBitrateChanged(long bitsPerSecond) => Target = bitsPerSecond;

    private void Pass(Span<byte> buffer, int length, bool rtcp)
    {
        buffer.Length.ShouldBeGreaterThanOrEqualTo(length + IPacketSink.TagRoom);
        var packet = buffer[..length].ToArray();
        // What SRTP would do to the buffer.
        buffer[..length].Fill(0xEE);
        Sniff?.Invoke(packet, rtcp);
        _send(this, packet, rtcp);
    }
}
