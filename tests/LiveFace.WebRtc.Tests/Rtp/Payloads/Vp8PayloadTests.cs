using LiveFace.WebRtc.Rtp.Payloads;
using LiveFace.WebRtc.Tests.Sessions;

namespace LiveFace.WebRtc.Tests.Rtp.Payloads;

/// <summary>RFC 7741, sections 4.2 to 4.6.</summary>
public sealed class Vp8PayloadTests
{
    [Fact]
    public void The_descriptor_of_a_key_frame_in_one_packet_is_read()
    {
        // Section 4.6.1: S, no extension; the payload's P bit is 0.
        Vp8Descriptor.TryParse([0x10, 0x50, 1, 2], out var descriptor).ShouldBeTrue();
        descriptor.Size.ShouldBe(1);
        descriptor.BeginsFrame.ShouldBeTrue();
        descriptor.IsKeyFrame.ShouldBeTrue();
        descriptor.PictureId.ShouldBeNull();
    }

    [Fact]
    public void All_extensions_are_read()
    {
        // X, N, S; I, L, T, K; a 15-bit picture id; TL0PICIDX; TID 2 with Y and KEYIDX.
        Vp8Descriptor.TryParse([0xB0, 0xF0, 0x92, 0x34, 0x56, 0xA3, 0x01], out var descriptor).ShouldBeTrue();
        descriptor.Size.ShouldBe(6);
        descriptor.PictureId.ShouldBe(0x1234);
        descriptor.Tl0PictureIndex.ShouldBe((byte)0x56);
        descriptor.TemporalLayer.ShouldBe((byte)2);
        descriptor.LayerSync.ShouldBeTrue();
        descriptor.IsDiscardable.ShouldBeTrue();
        descriptor.IsKeyFrame.ShouldBeFalse();
    }

    [Fact]
    public void A_short_picture_id_takes_one_byte()
    {
        Vp8Descriptor.TryParse([0x80, 0x80, 0x11, 0x00], out var descriptor).ShouldBeTrue();
        descriptor.PictureId.ShouldBe(0x11);
        descriptor.BeginsFrame.ShouldBeFalse();
    }

    [Fact]
    public void A_later_partition_does_not_begin_a_frame()
    {
        // Section 4.6.3: S is set again at the second partition, which has PID 1.
        Vp8Descriptor.TryParse([0x11, 0x00], out var descriptor).ShouldBeTrue();
        descriptor.BeginsFrame.ShouldBeFalse();
        descriptor.IsKeyFrame.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")] // a descriptor without payload
    [InlineData("90")]
    [InlineData("9080")]
    [InlineData("908092")]
    [InlineData("90809234")]
    [InlineData("9040")]
    [InlineData("9020")]
    public void A_descriptor_that_is_cut_short_is_refused(string hex) =>
        Vp8Descriptor.TryParse(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Theory]
    [InlineData(1)]
    [InlineData(1196)]
    [InlineData(1197)]
    [InlineData(50_000)]
    public void A_frame_is_cut_into_equal_parts_that_join_again(int size)
    {
        const int MaxPayload = 1200;
        var frame = TestFrame.Make(RtcCodec.Vp8, 1, isKeyFrame: true, size);
        var joined = new List<byte>();
        var sizes = new List<int>();
        var packetizer = new Vp8Packetizer(frame, 0x7FFF, MaxPayload);
        Span<byte> packet = new byte[MaxPayload];
        int length;
        var last = false;
        while ((length = packetizer.WriteNext(packet, out var isLast)) > 0)
        {
            last.ShouldBeFalse("nothing follows the last");
            Vp8Descriptor.TryParse(packet[..length], out var descriptor).ShouldBeTrue();
            descriptor.PictureId.ShouldBe(0x7FFF);
            descriptor.BeginsFrame.ShouldBe(sizes.Count == 0);
            joined.AddRange(packet[descriptor.Size..length]);
            sizes.Add(length);
            last = isLast;
        }

        last.ShouldBeTrue();
        joined.ShouldBe(frame);
        (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(1);
        sizes.Count.ShouldBe((frame.Length + MaxPayload - 5) / (MaxPayload - 4));
    }
}
