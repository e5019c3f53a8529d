using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Rtp;

/// <summary>RFC 3550, section 5.1, and RFC 8285, section 4.</summary>
public sealed class RtpPacketTests
{
    [Fact]
    public void The_fixed_header_is_read()
    {
        byte[] data = [0x80, 0xE0, 0x12, 0x34, 0xAA, 0xBB, 0xCC, 0xDD, 1, 2, 3, 4, 9, 8, 7];
        RtpPacket.TryParse(data, out var packet).ShouldBeTrue();
        packet.Marker.ShouldBeTrue();
        packet.PayloadType.ShouldBe((byte)96);
        packet.SequenceNumber.ShouldBe((ushort)0x1234);
        packet.Timestamp.ShouldBe(0xAABBCCDDu);
        packet.Ssrc.ShouldBe(0x01020304u);
        packet.Payload.ToArray().ShouldBe([9, 8, 7]);
    }

    [Fact]
    public void Contributing_sources_and_padding_are_left_out_of_the_payload()
    {
        byte[] data = [0xA2, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 5, 6, 0, 0, 3];
        RtpPacket.TryParse(data, out var packet).ShouldBeTrue();
        packet.Payload.ToArray().ShouldBe([5, 6]);
    }

    [Fact]
    public void A_packet_may_be_all_padding()
    {
        byte[] data = [0xA0, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4];
        RtpPacket.TryParse(data, out var packet).ShouldBeTrue();
        packet.Payload.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("8060000100000001000000")] // shorter than the header
    [InlineData("406000010000000100000001")] // version 1
    [InlineData("816000010000000100000001")] // one CSRC that is not there
    [InlineData("906000010000000100000001BEDE0001")] // one word of extension that is not there
    [InlineData("906000010000000100000001BEDE")]
    [InlineData("A0600001000000010000000105")] // more padding than there is
    [InlineData("A0600001000000010000000100")] // padding of zero bytes
    public void What_is_cut_short_is_refused(string hex) =>
        RtpPacket.TryParse(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void One_byte_extensions_are_read_past_padding()
    {
        // RFC 8285, section 4.2: an element of two bytes, padding, an element of one byte.
        ReadOnlySpan<byte> data = [0x31, 0xAB, 0xCD, 0x00, 0x00, 0x40, 0x77, 0x00];
        var reader = new HeaderExtensionReader(0xBEDE, data);
        reader.TryRead(out var id, out var value).ShouldBeTrue();
        (id, Convert.ToHexString(value)).ShouldBe(((byte)3, "ABCD"));
        reader.TryRead(out id, out value).ShouldBeTrue();
        (id, Convert.ToHexString(value)).ShouldBe(((byte)4, "77"));
        reader.TryRead(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Two_byte_extensions_may_be_empty()
    {
        // RFC 8285, section 4.3: an empty element, padding, an element of three bytes.
        ReadOnlySpan<byte> data = [0x20, 0x00, 0x00, 0x21, 0x03, 1, 2, 3];
        var reader = new HeaderExtensionReader(0x1000, data);
        reader.TryRead(out var id, out var value).ShouldBeTrue();
        (id, value.Length).ShouldBe(((byte)0x20, 0));
        reader.TryRead(out id, out value).ShouldBeTrue();
        (id, Convert.ToHexString(value)).ShouldBe(((byte)0x21, "010203"));
        reader.TryRead(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Id_fifteen_ends_the_one_byte_form()
    {
        var reader = new HeaderExtensionReader(0xBEDE, [0xF0, 1, 0x30, 2]);
        reader.TryRead(out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_written_header_reads_back(bool oneByte)
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new RtpHeaderWriter(buffer, true, 96, 65535, 7, 8, oneByte);
        writer.AddUInt16(3, 0xBEEF);
        writer.AddUInt24(2, 0x123456);
        writer.Add(4, "mid"u8);
        writer.Add(13, [2]);
        var size = writer.Finish();
        (size % 4).ShouldBe(0);

        RtpPacket.TryParse(buffer[..size], out var packet).ShouldBeTrue();
        var values = HeaderExtensionValues.Read(
            packet, new HeaderExtensionIds { Mid = 4, TransportSequence = 3, AbsoluteSendTime = 2, VideoOrientation = 13 });
        values.TransportSequence.ShouldBe((ushort)0xBEEF);
        values.AbsoluteSendTime.ShouldBe(0x123456u);
        values.Mid.ToArray().ShouldBe("mid"u8.ToArray());
        values.Rotation.ShouldBe(VideoRotation.Clockwise180);
        packet.Payload.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_header_without_extensions_has_none() =>
        new RtpHeaderWriter(new byte[32], false, 0, 0, 0, 0).Finish().ShouldBe(12);
}
