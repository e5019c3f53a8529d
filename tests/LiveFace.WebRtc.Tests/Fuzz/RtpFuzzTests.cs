using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Rtp.Payloads;
using LiveFace.WebRtc.Tests.Sessions;

namespace LiveFace.WebRtc.Tests.Fuzz;

public sealed class RtpFuzzTests
{
    [Fact]
    public void Any_bytes_can_be_read_as_RTP()
    {
        var mutation = new Mutation(101);
        var random = mutation.Random;
        var good = new byte[64];
        random.NextBytes(good);
        var writer = new RtpHeaderWriter(good, true, 96, 1, 2, 3);
        writer.AddUInt16(3, 1);
        writer.Add(4, "0"u8);
        writer.AddUInt24(2, 5);
        writer.Finish();

        var read = 0;
        for (var i = Mutation.Count(200_000); i > 0; i--)
        {
            var input = i % 4 == 0 ? mutation.RandomBytes(80) : mutation.Mutate(good);
            if (!RtpPacket.TryParse(input, out var packet))
                continue;
            read++;
            var values = HeaderExtensionValues.Read(packet, TestMedia.AllExtensions);
            (values.Mid.Length + packet.Payload.Length).ShouldBeLessThanOrEqualTo(input.Length);
        }

        read.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.Vp9)]
    [InlineData(RtcCodec.H264)]
    public void Any_bytes_can_be_read_as_a_payload_and_assembled(RtcCodec codec)
    {
        var mutation = new Mutation(102);
        var random = mutation.Random;
        var good = Payloads(codec);
        var assembler = new FrameAssembler();
        for (var i = Mutation.Count(80_000); i > 0; i--)
        {
            var input = i % 4 == 0
                ? mutation.RandomBytes(80)
                : mutation.Mutate(good[random.Next(good.Count)]);
            if (!PacketTraits.TryRead(codec, 1, false, VideoRotation.None, input, out var traits))
                continue;
            if (!assembler.TryAppend(traits, input) || assembler.Frame.Length > 100_000)
                assembler.Reset();
        }
    }

    [Fact]
    public void Any_bytes_can_be_read_as_sound()
    {
        var mutation = new Mutation(103);
        for (var i = Mutation.Count(50_000); i > 0; i--)
        {
            if (OpusPayload.TryGetDuration(mutation.RandomBytes(80), out var samples))
                samples.ShouldBeInRange(1, 5760);
        }
    }

    private static List<byte[]> Payloads(RtcCodec codec)
    {
        var list = new List<byte[]>();
        var packet = new byte[1200];
        foreach (var key in new[] { true, false })
        {
            var frame = TestFrame.Make(codec, 1, key, 2500);
            var vp8 = new Vp8Packetizer(frame, 300, 1000);
            var vp9 = new Vp9Packetizer(frame, key, 300, 1000);
            var h264 = new H264Packetizer(frame, 1000);
            while (codec switch
            {
                RtcCodec.Vp8 => vp8.WriteNext(packet, out _),
                RtcCodec.Vp9 => vp9.WriteNext(packet, out _),
                _ => h264.WriteNext(packet, out _),
            } is > 0 and var length)
                list.Add(packet[..length]);
        }

        return list;
    }
}
