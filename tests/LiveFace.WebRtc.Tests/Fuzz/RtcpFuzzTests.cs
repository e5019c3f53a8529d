using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Fuzz;

public sealed class RtcpFuzzTests
{
    [Fact]
    public void Any_bytes_can_be_read_as_RTCP()
    {
        var mutation = new Mutation(201);
        var random = mutation.Random;
        var good = Compounds();
        var packets = 0;
        for (var i = Mutation.Count(250_000); i > 0; i--)
        {
            var input = i % 8 == 0
                ? mutation.RandomBytes(80)
                : mutation.Mutate(good[random.Next(good.Count)]);
            var reader = new RtcpReader(input);
            while (reader.TryRead(out var packet))
            {
                packets++;
                ReadAll(packet);
            }
        }

        packets.ShouldBeGreaterThan(10_000);
    }

    private static void ReadAll(in RtcpPacket packet)
    {
        SenderReport.TryRead(packet, out _);
        var steps = 0;
        var blocks = new ReportBlockReader(packet);
        while (blocks.TryRead(out _))
            steps++;
        var names = new SourceDescription(packet);
        while (names.TryReadCname(out _, out _))
            steps++;
        var nacks = new NackReader(packet.Fci);
        while (nacks.TryRead(out _))
            steps++;
        var firs = new FullIntraRequest(packet.Fci);
        while (firs.TryRead(out _, out _))
            steps++;
        if (ReceiverEstimatedBitrate.TryRead(packet.Fci, out var rate))
            rate.ShouldBeGreaterThanOrEqualTo(0);
        if (TransportFeedbackReader.TryParse(packet.Fci, out var feedback))
        {
            while (feedback.TryRead(out _, out _, out _))
                steps++;
        }

        steps.ShouldBeLessThanOrEqualTo(0x1_0000 + packet.Body.Length * 8);
    }

    private static List<byte[]> Compounds()
    {
        var list = new List<byte[]>();
        var buffer = new byte[1200];
        var writer = new RtcpWriter(buffer);
        writer.SenderReport(
            new SenderReport { Ssrc = 1, Ntp = new NtpTime(123456789), RtpTimestamp = 1 },
            [new ReportBlock { Ssrc = 2 }, new ReportBlock { Ssrc = 3 }]);
        writer.Cname(1, "somebody"u8);
        list.Add(buffer[..writer.Length]);

        writer = new RtcpWriter(buffer);
        writer.ReceiverReport(1, [new ReportBlock { Ssrc = 2 }]);
        writer.Cname(1, "x"u8);
        writer.Nack(1, 2, [1, 2, 3, 500, 510]);
        writer.PictureLoss(1, 2);
        writer.FullIntraRequest(1, 2, 1);
        writer.Goodbye([1]);
        list.Add(buffer[..writer.Length]);

        writer = new RtcpWriter(buffer);
        writer.EstimatedBitrate(1, 1_000_000, [1, 2]);
        long[] arrivals =
        [
            100, 101, TransportFeedbackWriter.NotReceived, 102, 700, 690, .. Enumerable.Range(700, 40).Select(i => (long)i),
        ];
        writer.Advance(TransportFeedbackWriter.Write(writer.Free, 1, 2, 5, arrivals, 1, out _));
        list.Add(buffer[..writer.Length]);
        return list;
    }
}
