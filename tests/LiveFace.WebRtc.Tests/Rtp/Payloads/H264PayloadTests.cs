using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp.Payloads;
using LiveFace.WebRtc.Tests.Sessions;

namespace LiveFace.WebRtc.Tests.Rtp.Payloads;

/// <summary>RFC 6184, sections 5.2 to 5.8.</summary>
public sealed class H264PayloadTests
{
    [Theory]
    [InlineData("65AA", true, true)] // IDR slice
    [InlineData("41AA", true, false)] // slice
    [InlineData("67AA", true, true)] // SPS
    [InlineData("7C85AA", true, true)] // FU-A that starts an IDR slice
    [InlineData("7C05AA", true, false)] // a middle of one
    [InlineData("78000267420002688 8", true, true)] // STAP-A of SPS and PPS
    [InlineData("7C85", false, false)] // a fragment of nothing
    [InlineData("780005674200", false, false)] // STAP-A that is cut short
    [InlineData("78", false, false)]
    [InlineData("1900", false, false)] // STAP-B
    [InlineData("1D00", false, false)] // FU-B
    [InlineData("00", false, false)]
    [InlineData("", false, false)]
    public void A_payload_is_told_by_its_type(string hex, bool isValid, bool beginsKeyFrame)
    {
        var packet = H264Packet.Inspect(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        packet.IsValid.ShouldBe(isValid);
        packet.BeginsKeyFrame.ShouldBe(beginsKeyFrame);
    }

    [Fact]
    public void Start_codes_of_three_and_four_bytes_and_trailing_zeros_part_NAL_units()
    {
        var reader = new AnnexBReader([9, 9, 0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x68, 2, 0, 0, 0, 0, 1, 0x65, 3, 4, 0, 0]);
        var units = new List<string>();
        while (reader.TryRead(out var unit))
            units.Add(Convert.ToHexString(unit));
        units.ShouldBe(["6701", "6802", "650304"]);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1300)]
    [InlineData(60_000)]
    public void An_access_unit_is_cut_and_joined_again(int size)
    {
        var frame = TestFrame.Make(RtcCodec.H264, 3, isKeyFrame: true, size);
        var assembler = new FrameAssembler();
        var packetizer = new H264Packetizer(frame, 1200);
        Span<byte> packet = new byte[1200];
        int length, count = 0;
        var ended = false;
        while ((length = packetizer.WriteNext(packet, out var last)) > 0)
        {
            PacketTraits.TryRead(RtcCodec.H264, 1, last, VideoRotation.None, packet[..length], out var traits)
                .ShouldBeTrue();
            if (count++ == 0)
                traits.BeginsKeyFrame.ShouldBeTrue();
            assembler.TryAppend(traits, packet[..length]).ShouldBeTrue();
            assembler.IsWhole.ShouldBe(last || count == 1);
            ended = last;
        }

        ended.ShouldBeTrue();
        assembler.Frame.ToArray().ShouldBe(frame);
        assembler.IsKeyFrame.ShouldBeTrue();
    }

    [Fact]
    public void Parameter_sets_share_one_packet()
    {
        byte[] frame = [0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x28, 3, 0, 0, 1, 0x65, 4, 5, 6];
        var packetizer = new H264Packetizer(frame, 1200);
        Span<byte> packet = new byte[1200];
        var length = packetizer.WriteNext(packet, out var last);
        last.ShouldBeTrue();
        // STAP-A with the highest NRI of the three (section 5.7).
        Convert.ToHexString(packet[..length]).ShouldBe("780003670102000228030004" + "65040506");
    }

    [Fact]
    public void Fragments_carry_the_type_and_mark_their_ends()
    {
        byte[] frame = [0, 0, 1, 0x65, .. Enumerable.Repeat((byte)7, 2500)];
        var packetizer = new H264Packetizer(frame, 1200);
        Span<byte> packet = new byte[1200];
        var heads = new List<string>();
        while (packetizer.WriteNext(packet, out _) is > 0)
            heads.Add(Convert.ToHexString(packet[..2]));
        heads.ShouldBe(["7C85", "7C05", "7C45"]);
    }

    [Fact]
    public void A_fragment_without_its_beginning_breaks_the_frame()
    {
        var assembler = new FrameAssembler();
        byte[] middle = [0x7C, 0x05, 1];
        PacketTraits.TryRead(RtcCodec.H264, 1, false, VideoRotation.None, middle, out var traits).ShouldBeTrue();
        assembler.TryAppend(traits, middle).ShouldBeFalse();
    }
}
