using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Rtcp;

public sealed class RtcpTests
{
    private readonly byte[] _buffer = new byte[1200];

    [Fact]
    public void A_compound_of_reports_and_names_reads_back()
    {
        var report = new SenderReport
        {
            Ssrc = 1, Ntp = new NtpTime(0x1122334455667788), RtpTimestamp = 9, PacketCount = 10, OctetCount = 11,
        };
        var block = new ReportBlock
        {
            Ssrc = 2, FractionLost = 3, CumulativeLost = -4, HighestSequence = 5, Jitter = 6, LastSenderReport = 7,
            DelaySinceLastSenderReport = 8,
        };
        var writer = new RtcpWriter(_buffer);
        writer.SenderReport(report, [block]);
        writer.Cname(1, "somebody"u8);
        writer.Goodbye([1, 2]);

        var reader = new RtcpReader(_buffer.AsSpan(0, writer.Length));
        reader.TryRead(out var packet).ShouldBeTrue();
        packet.Type.ShouldBe(RtcpType.SenderReport);
        SenderReport.TryRead(packet, out var read).ShouldBeTrue();
        read.ShouldBe(report);
        var blocks = new ReportBlockReader(packet);
        blocks.TryRead(out var readBlock).ShouldBeTrue();
        readBlock.ShouldBe(block);
        blocks.TryRead(out _).ShouldBeFalse();

        reader.TryRead(out packet).ShouldBeTrue();
        var names = new SourceDescription(packet);
        names.TryReadCname(out var ssrc, out var cname).ShouldBeTrue();
        (ssrc, System.Text.Encoding.UTF8.GetString(cname)).ShouldBe((1u, "somebody"));
        names.TryReadCname(out _, out _).ShouldBeFalse();

        reader.TryRead(out packet).ShouldBeTrue();
        (packet.Type, packet.Count).ShouldBe((RtcpType.Goodbye, (byte)2));
        reader.TryRead(out _).ShouldBeFalse();
        reader.IsMalformed.ShouldBeFalse();
    }

    [Fact]
    public void A_sender_report_lies_as_RFC_3550_draws_it()
    {
        // Section 6.4.1, laid out by hand.
        const string Wire = "80C80006" + "00000001" + "83AA7E8040000000" + "00000064" + "00000002" + "00000003";
        var writer = new RtcpWriter(_buffer);
        writer.SenderReport(
            new SenderReport
            {
                Ssrc = 1, Ntp = NtpTime.From(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(0.25)), RtpTimestamp = 100,
                PacketCount = 2, OctetCount = 3,
            }, []);
        Convert.ToHexString(_buffer.AsSpan(0, writer.Length)).ShouldBe(Wire);
    }

    [Fact]
    public void Names_are_padded_to_a_word_after_their_null()
    {
        // RFC 3550, section 6.5: the list ends in at least one zero.
        foreach (var name in new[] { "a", "ab", "abc", "abcd", "abcde" })
        {
            var writer = new RtcpWriter(_buffer);
            writer.Cname(1, System.Text.Encoding.UTF8.GetBytes(name));
            (writer.Length % 4).ShouldBe(0);
            _buffer[writer.Length - 1].ShouldBe((byte)0);
        }
    }

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

    [Theory]
    [InlineData("80C9", 0)] // no header
    [InlineData("40C9000000000001", 0)] // version 1
    [InlineData("80C90002" + "00000001", 0)] // longer than it is
    [InlineData("80C90001" + "00000001" + "80C9", 1)] // a good one before
    [InlineData("A0C90001" + "00000009", 0)] // more padding than there is
    public void What_is_cut_short_ends_the_walk_and_is_told(string hex, int good)
    {
        var reader = new RtcpReader(Convert.FromHexString(hex));
        var read = 0;
        while (reader.TryRead(out _))
            read++;
        read.ShouldBe(good);
        reader.IsMalformed.ShouldBeTrue();
    }
}
