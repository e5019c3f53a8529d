using LiveFace.WebRtc.Rtcp;

namespace LiveFace.WebRtc.Tests.Rtcp;

/// <summary>What a receiver asks for by RTCP: packets, key frames, a bitrate.</summary>
public sealed class RtcpFeedbackTests
{
    private readonly byte[] _buffer = new byte[1200];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_set_of_missing_packets_survives_a_NACK(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var sequence = (ushort)random.Next(0x1_0000);
            var missing = new List<ushort>();
            for (var i = 0; i < random.Next(1, 60); i++)
            {
                sequence += (ushort)random.Next(1, 40);
                missing.Add(sequence);
            }

            var writer = new RtcpWriter(_buffer);
            writer.Nack(1, 2, missing.ToArray()).ShouldBe(missing.Count);
            new RtcpReader(_buffer.AsSpan(0, writer.Length)).TryRead(out var packet).ShouldBeTrue();
            (packet.SenderSsrc, packet.MediaSsrc, packet.Count).ShouldBe((1u, 2u, (byte)1));
            var reader = new NackReader(packet.Fci);
            var read = new List<ushort>();
            while (reader.TryRead(out var number))
                read.Add(number);
            read.ShouldBe(missing);
        }
    }

    [Fact]
    public void A_NACK_is_a_packet_id_and_a_mask()
    {
        // RFC 4585, section 6.2.1: PID 65535, and by BLP 0 and 15 after the wrap.
        var writer = new RtcpWriter(_buffer);
        writer.Nack(1, 2, [65535, 0, 15, 16]);
        Convert.ToHexString(_buffer.AsSpan(0, writer.Length))
            .ShouldBe("81CD0004" + "00000001" + "00000002" + "FFFF8001" + "00100000");
    }

    [Fact]
    public void Requests_for_key_frames_lie_as_their_RFCs_draw_them()
    {
        var writer = new RtcpWriter(_buffer);
        writer.PictureLoss(1, 2); // RFC 4585, section 6.3.1
        writer.FullIntraRequest(1, 2, 7); // RFC 5104, section 4.3.1.1
        Convert.ToHexString(_buffer.AsSpan(0, writer.Length)).ShouldBe(
            "81CE0002" + "00000001" + "00000002" + "84CE0004" + "00000001" + "00000000" + "00000002" + "07000000");
        var reader = new RtcpReader(_buffer.AsSpan(0, writer.Length));
        reader.TryRead(out _);
        reader.TryRead(out var fir).ShouldBeTrue();
        new FullIntraRequest(fir.Fci).TryRead(out var ssrc, out var number).ShouldBeTrue();
        (ssrc, number).ShouldBe((2u, (byte)7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(2_500_000)]
    [InlineData(10_000_000_000)]
    public void A_bitrate_survives_REMB_to_18_bits(long rate)
    {
        var writer = new RtcpWriter(_buffer);
        writer.EstimatedBitrate(1, rate, [2, 3]);
        new RtcpReader(_buffer.AsSpan(0, writer.Length)).TryRead(out var packet).ShouldBeTrue();
        ReceiverEstimatedBitrate.TryRead(packet.Fci, out var read).ShouldBeTrue();
        (rate - read).ShouldBeLessThanOrEqualTo(rate / 100_000);
        read.ShouldBeLessThanOrEqualTo(rate);
    }

    [Fact]
    public void A_REMB_of_impossible_size_is_refused()
    {
        ReceiverEstimatedBitrate.TryRead(Convert.FromHexString("52454D4201FFFFFF"), out _).ShouldBeFalse();
        ReceiverEstimatedBitrate.TryRead(Convert.FromHexString("52454D4301040000"), out _).ShouldBeFalse();
    }
}
