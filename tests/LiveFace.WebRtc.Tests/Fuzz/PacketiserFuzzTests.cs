using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>Frames of any bytes are cut into packets that join to the same bytes.</summary>
public sealed class PacketiserFuzzTests
{
    private static readonly RtcCodec[] VideoCodecs = [RtcCodec.Vp8, RtcCodec.Vp9, RtcCodec.H264];

    [Fact]
    public void Any_frame_can_be_cut_into_packets_of_any_size_that_join_to_the_same_bytes()
    {
        var random = new Random(104);
        var frame = new byte[4000];
        var packet = new byte[1500];
        var assembler = new FrameAssembler();
        for (var i = Mutation.Count(60_000); i > 0; i--)
        {
            var codec = VideoCodecs[random.Next(3)];
            var maxPayload = random.Next(100, 1200);
            var size = 1 + random.Next(random.Next(2) == 0 ? 300 : frame.Length - 1);
            random.NextBytes(frame.AsSpan(0, size));
            if (codec == RtcCodec.H264)
                MakeAnnexB(random, frame.AsSpan(0, size));

            assembler.Reset();
            var sum = Cut(codec, frame.AsSpan(0, size), maxPayload, packet, assembler);
            if (codec != RtcCodec.H264)
                assembler.Frame.SequenceEqual(frame.AsSpan(0, size)).ShouldBeTrue();
            else
                Nals(assembler.Frame).ShouldBe(Nals(frame.AsSpan(0, size)));
            sum.ShouldBeLessThan(2 * size + 100);
        }
    }

    [Fact]
    public void Any_bytes_given_as_H264_are_cut_without_harm()
    {
        var random = new Random(105);
        var frame = new byte[4000];
        var packet = new byte[1500];
        for (var i = Mutation.Count(40_000); i > 0; i--)
        {
            var part = frame.AsSpan(0, random.Next(frame.Length));
            random.NextBytes(part);
            for (var zeros = random.Next(200); zeros > 0 && part.Length > 0; zeros--)
                part[random.Next(part.Length)] = (byte)random.Next(2);
            var packetizer = new H264Packetizer(part, random.Next(100, 1200));
            var written = 0;
            int length;
            while ((length = packetizer.WriteNext(packet, out _)) > 0)
                written += length;
            written.ShouldBeLessThanOrEqualTo(part.Length * 2);
        }
    }

    private static int Cut(
        RtcCodec codec, ReadOnlySpan<byte> frame, int maxPayload, byte[] packet, FrameAssembler assembler)
    {
        int length, sum = 0;
        switch (codec)
        {
            case RtcCodec.Vp8:
                var vp8 = new Vp8Packetizer(frame, 1, maxPayload);
                while ((length = vp8.WriteNext(packet, out var last)) > 0)
                    sum += Join(length, last);
                break;
            case RtcCodec.Vp9:
                var vp9 = new Vp9Packetizer(frame, true, 1, maxPayload);
                while ((length = vp9.WriteNext(packet, out var last)) > 0)
                    sum += Join(length, last);
                break;
            default:
                var h264 = new H264Packetizer(frame, maxPayload);
                while ((length = h264.WriteNext(packet, out var last)) > 0)
                    sum += Join(length, last);
                break;
        }

        return sum;

        int Join(int size, bool last)
        {
            size.ShouldBeLessThanOrEqualTo(maxPayload);
            PacketTraits.TryRead(codec, 1, last, VideoRotation.None, packet.AsSpan(0, size), out var traits).ShouldBeTrue();
            assembler.TryAppend(traits, packet.AsSpan(0, size)).ShouldBeTrue();
            return size;
        }
    }

    // NAL units of types that may be sent alone, without zeros inside.
    private static void MakeAnnexB(Random random, Span<byte> frame)
    {
        for (var i = 0; i < frame.Length; i++)
            frame[i] = (byte)(frame[i] | 1);
        for (var at = 0; at + 4 < frame.Length; at += random.Next(4, 1600))
        {
            frame[at] = frame[at + 1] = 0;
            frame[at + 2] = 1;
            frame[at + 3] = (byte)(0x60 | random.Next(1, 24));
        }
    }

    private static List<string> Nals(ReadOnlySpan<byte> stream)
    {
        var reader = new AnnexBReader(stream);
        var list = new List<string>();
        while (reader.TryRead(out var nal))
            list.Add(Convert.ToHexString(nal));
        return list;
    }
}
