using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Receiving;

/// <summary>A video receiver that is fed packets of numbered frames, each frame three packets long.</summary>
internal sealed class FrameCollector : IReceivedMedia
{
    public const int PacketsPerFrame = 3;

    private readonly PacketBufferPool _pool = new();

    public FrameCollector(bool nack = true) =>
        Receiver = new VideoReceiver("0", 1, 90_000, nack, new SenderClock(), _pool, this);

    public VideoReceiver Receiver { get; }

    public List<(int Number, bool IsKeyFrame, bool IsContiguous, TimeSpan At)> Frames { get; } = [];

    public List<TimeSpan> RecoveryDelays { get; } = [];

    public int BuffersLent => _pool.Lent;

    public IEnumerable<int> Numbers => Frames.Select(f => f.Number);

    /// <summary>Feeds packet <paramref name="part"/> of a frame.</summary>
    public void Feed(
        int frame, int part, TimeSpan now, bool isKeyFrame = false, bool retransmitted = false, int first = 0,
        (int Layer, int BaseIndex, bool Sync)? temporal = null)
    {
        var sequence = (ushort)(first + frame * PacketsPerFrame + part);
        byte[] payload =
        [
            .. Descriptor(part == 0, temporal),
            .. part == 0 ? new[] { (byte)(isKeyFrame ? 0 : 1), (byte)frame } : [(byte)part, (byte)frame],
        ];
        var data = new byte[64];
        var size = new RtpHeaderWriter(
            data, part == PacketsPerFrame - 1, 96, sequence, (uint)frame * 3000, 1).Finish();
        payload.CopyTo(data, size);
        RtpPacket.TryParse(data.AsSpan(0, size + payload.Length), out var packet).ShouldBeTrue();
        if (retransmitted)
            Receiver.ReceiveRetransmitted(sequence, packet, RtcCodec.Vp8, VideoRotation.None, packet.Payload, now);
        else
            Receiver.Receive(packet, RtcCodec.Vp8, VideoRotation.None, now);
    }

    public void FeedWhole(
        int frame, TimeSpan now, bool isKeyFrame = false, int first = 0, (int Layer, int BaseIndex, bool Sync)? temporal = null)
    {
        for (var part = 0; part < PacketsPerFrame; part++)
            Feed(frame, part, now, isKeyFrame, first: first, temporal: temporal);
    }

    public ushort[] TakeNacks(TimeSpan now, TimeSpan roundTrip)
    {
        var due = new ushort[64];
        return due[..Receiver.Nacks.TakeDue(now, roundTrip, due)];
    }

    // RFC 7741, section 4.2: S, and with temporal layers X, L and T with their bytes.
    private static byte[] Descriptor(bool begins, (int Layer, int BaseIndex, bool Sync)? temporal)
    {
        var start = begins ? 0x10 : 0x00;
        return temporal is { } t
            ? [(byte)(0x80 | start), 0x60, (byte)t.BaseIndex, (byte)(t.Layer << 6 | (t.Sync ? 0x20 : 0))]
            : [(byte)start];
    }

    public void OnVideoFrame(in ReceivedVideoFrame frame)
    {
        frame.Payload.Length.ShouldBe(PacketsPerFrame * 2);
        RecoveryDelays.Add(frame.RecoveryDelay);
        Frames.Add((frame.Payload[1], frame.IsKeyFrame, frame.IsContiguous, frame.ArrivalTime));
    }

    public void OnAudioPacket(in ReceivedAudioPacket packet) => throw new InvalidOperationException();
}
