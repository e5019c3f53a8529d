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
