using LiveFace.WebRtc.Receiving;

namespace LiveFace.WebRtc.Tests.Receiving;

/// <summary>Which frames a decoder can go on with, by the layers that their packets name.</summary>
public sealed class TemporalLayersTests
{
    [Fact] // RFC 9628, section 4.2: U of VP9.
    public void A_switching_point_makes_the_higher_layers_whole_again()
    {
        var layers = new TemporalLayers();
        layers.OnFrame(Vp9(0, 7, key: true));
        layers.OnGap();
        layers.CanDecode(Vp9(1, 7)).ShouldBeFalse();
        layers.CanDecode(Vp9(0, 9)).ShouldBeFalse();
        layers.CanDecode(Vp9(0, 8)).ShouldBeTrue();
        layers.OnFrame(Vp9(0, 8, switching: true));
        layers.CanDecode(Vp9(2, 8)).ShouldBeTrue();
        layers.CanDecode(Vp9(1, 8)).ShouldBeTrue();
    }

    [Fact]
    public void A_stream_without_layers_has_nothing_to_go_on_with()
    {
        var layers = new TemporalLayers();
        var plain = Vp9(0, 0) with { TemporalLayer = null, BaseIndex = null };
        layers.OnFrame(plain with { BeginsKeyFrame = true });
        layers.CanDecode(plain).ShouldBeTrue();
        layers.CanFollowGap(plain).ShouldBeFalse();
        layers.CanFollowGap(plain with { TemporalLayer = 0 }).ShouldBeFalse();
    }

    private static PacketTraits Vp9(byte layer, byte index, bool key = false, bool switching = false) => new()
    {
        Codec = RtcCodec.Vp9, Timestamp = 0, Marker = true, MayBeginFrame = true, BeginsKeyFrame = key,
        TemporalLayer = layer, BaseIndex = index, IsSwitchingPoint = switching,
    };
}
