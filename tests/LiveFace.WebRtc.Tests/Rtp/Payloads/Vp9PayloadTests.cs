using LiveFace.WebRtc.Rtp.Payloads;
using LiveFace.WebRtc.Tests.Sessions;

namespace LiveFace.WebRtc.Tests.Rtp.Payloads;

/// <summary>RFC 9628, section 4.2.</summary>
public sealed class Vp9PayloadTests
{
    [Fact]
    public void Non_flexible_mode_with_layers_is_read()
    {
        // I, P, L, B, E; a 15-bit picture id; TID 1, U, SID 2, D; TL0PICIDX.
        Vp9Descriptor.TryParse([0xEC, 0x92, 0x34, 0b0011_0101, 0x77, 0xAA], out var descriptor).ShouldBeTrue();
        descriptor.Size.ShouldBe(5);
        descriptor.PictureId.ShouldBe(0x1234);
        descriptor.TemporalLayer.ShouldBe((byte)1);
        descriptor.IsSwitchingPoint.ShouldBeTrue();
        descriptor.SpatialLayer.ShouldBe((byte)2);
        descriptor.Tl0PictureIndex.ShouldBe((byte)0x77);
        descriptor.BeginsLayerFrame.ShouldBeTrue();
        descriptor.EndsLayerFrame.ShouldBeTrue();
        descriptor.BeginsKeyFrame.ShouldBeFalse();
    }

    [Fact]
    public void Flexible_mode_has_up_to_three_references()
    {
        // I, P, F; a 7-bit picture id; P_DIFF with N, with N, without.
        Vp9Descriptor.TryParse([0xD0, 0x05, 0x03, 0x05, 0x06, 0xAA], out var descriptor).ShouldBeTrue();
        descriptor.Size.ShouldBe(5);
        descriptor.IsFlexible.ShouldBeTrue();
        Vp9Descriptor.TryParse([0xD0, 0x05, 0x03, 0x05, 0x07, 0x01, 0xAA], out _).ShouldBeFalse();
    }

    [Fact]
    public void The_scalability_structure_is_skipped()
    {
        // B, V; two spatial layers with sizes; a picture group of two: without references, and with one.
        byte[] data = [0x0A, 0x38, 1, 64, 0, 180, 2, 128, 1, 104, 2, 0b0000_0000, 0b0010_0100, 1, 0xAA];
        Vp9Descriptor.TryParse(data, out var descriptor).ShouldBeTrue();
        descriptor.Size.ShouldBe(14);
        descriptor.BeginsKeyFrame.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8092")]
    [InlineData("20")]
    [InlineData("2000")]
    [InlineData("0A")]
    [InlineData("0A38")]
    [InlineData("0A08")]
    [InlineData("0A0805")]
    [InlineData("08")] // no payload
    public void A_descriptor_that_is_cut_short_is_refused(string hex) =>
        Vp9Descriptor.TryParse(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Theory]
    [InlineData(true, 30_000)]
    [InlineData(false, 30_000)]
    [InlineData(true, 20)]
    public void A_frame_is_cut_into_parts_that_join_again(bool isKeyFrame, int size)
    {
        var frame = TestFrame.Make(RtcCodec.Vp9, 1, isKeyFrame, size);
        var joined = new List<byte>();
        var packetizer = new Vp9Packetizer(frame, isKeyFrame, 5, 1200);
        Span<byte> packet = new byte[1200];
        int length, count = 0;
        while ((length = packetizer.WriteNext(packet, out var last)) > 0)
        {
            Vp9Descriptor.TryParse(packet[..length], out var descriptor).ShouldBeTrue();
            descriptor.BeginsLayerFrame.ShouldBe(count++ == 0);
            descriptor.EndsLayerFrame.ShouldBe(last);
            descriptor.IsInterPredicted.ShouldBe(!isKeyFrame);
            joined.AddRange(packet[descriptor.Size..length]);
        }

        joined.ShouldBe(frame);
    }

    [Fact]
    public void A_key_frame_tells_its_size()
    {
        // As libvpx writes a 640x480 key frame of profile 0 (BT.601, studio range).
        byte[] frame = [0x82, 0x49, 0x83, 0x42, 0x20, 0x27, 0xF0, 0x1D, 0xF6];
        Vp9FrameHeader.TryReadKeyFrameSize(frame, out var width, out var height).ShouldBeTrue();
        (width, height).ShouldBe(((ushort)640, (ushort)480));
        Vp9FrameHeader.TryReadKeyFrameSize([0x86, 0, 0, 0, 0, 0, 0, 0, 0], out _, out _).ShouldBeFalse();
    }
}
