using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.Fuzz;

/// <summary>What stands in packets of media.</summary>
internal static class MediaPackets
{
    public static void Rtp(byte[] input)
    {
        if (!RtpPacket.TryParse(input, out var packet))
            return;
        _ = packet.Payload.Length;
        var extensions = new HeaderExtensionReader(packet.ExtensionProfile, packet.Extensions);
        while (extensions.TryRead(out _, out _))
        {
            // Each one.
        }
    }

    public static void Rtcp(byte[] input)
    {
        var reader = new RtcpReader(input);
        while (reader.TryRead(out var packet))
            Rtcp(packet);
    }

    public static void Vp8(byte[] input) => _ = Vp8Descriptor.TryParse(input, out _);

    public static void Vp9(byte[] input)
    {
        _ = Vp9Descriptor.TryParse(input, out _);
        _ = Vp9FrameHeader.TryReadKeyFrameSize(input, out _, out _);
    }

    public static void H264(byte[] input)
    {
        H264Packet.Inspect(input);
        var units = new AnnexBReader(input);
        while (units.TryRead(out _))
        {
            // Each one.
        }
    }

    public static void Opus(byte[] input) => OpusPayload.TryGetDuration(input, out _);

    private static void Rtcp(in RtcpPacket packet)
    {
        SenderReport.TryRead(packet, out _);
        ReceiverEstimatedBitrate.TryRead(packet.Fci, out _);
        var blocks = new ReportBlockReader(packet);
        var names = new SourceDescription(packet);
        var lost = new NackReader(packet.Fci);
        var wishes = new FullIntraRequest(packet.Fci);
        var steps = 0;
        while (blocks.TryRead(out _) || names.TryReadCname(out _, out _) || lost.TryRead(out _) || wishes.TryRead(out _, out _))
            steps++;
        if (TransportFeedbackReader.TryParse(packet.Fci, out var feedback))
        {
            while (feedback.TryRead(out _, out _, out _))
                steps++;
        }

        if (steps > 0x1_0000 + packet.Body.Length * 8)
            throw new InvalidOperationException($"{steps} things in {packet.Body.Length} bytes.");
    }
}
