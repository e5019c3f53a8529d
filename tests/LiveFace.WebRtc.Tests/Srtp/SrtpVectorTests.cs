using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Tests.Srtp;

public sealed class SrtpVectorTests
{
    static readonly SrtpKeyMaterial Master = new(
        SrtpProfile.Aes128CmSha1,
        Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139"),
        Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6"));

    [Theory] // RFC 3711 B.3
    [InlineData(0, 16, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(2, 14, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(1, 20, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")]
    public void Session_keys_are_those_of_the_rfc(byte label, int length, string expected) =>
        Convert.ToHexString(SrtpKeyDerivation.Derive(Master, label, length)).ShouldBe(expected);

    [Fact] // RFC 3711 B.2
    public void The_counter_mode_key_stream_is_that_of_the_rfc()
    {
        using var stream = new CounterKeyStream(
            Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"), Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        var data = new byte[48];
        stream.Apply(data, 0, 0);
        Convert.ToHexString(data).ShouldBe(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0");
    }

    [Fact] // RFC 7714 16.1.1
    public void A_gcm_packet_is_protected_as_in_the_rfc()
    {
        using var gcm = Gcm();
        var plain = Convert.FromHexString(
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
            + "20696e207061727465732074726573");
        var buffer = new byte[plain.Length + 16];
        plain.CopyTo(buffer, 0);
        gcm.ProtectRtp(buffer, plain.Length, 12, 0x5501A0B2, 0xF17B).ShouldBe(buffer.Length);
        Convert.ToHexString(buffer).ShouldBe(
            "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833"
            + "899D7F27BEB16A9152CF765EE4390CCE");

        gcm.UnprotectRtp(buffer, 12, 0x5501A0B2, 0xF17B).ShouldBe(plain.Length);
        buffer.AsSpan(0, plain.Length).SequenceEqual(plain).ShouldBeTrue();
    }

    [Fact] // RFC 7714 17.1
    public void A_gcm_rtcp_packet_is_protected_as_in_the_rfc()
    {
        using var gcm = Gcm();
        var plain = Convert.FromHexString(
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        var buffer = new byte[plain.Length + 20];
        plain.CopyTo(buffer, 0);
        gcm.ProtectRtcp(buffer, plain.Length, 0x5D4).ShouldBe(buffer.Length);
        Convert.ToHexString(buffer).ShouldBe(
            "81C8000D4D61727363E94885DCDAB67CA727D7662F6B7E997FF5C0F76C06F32DC676A5F1730D6FDA4CE09B4686303DED"
            + "0BB9275BC84AA45896CF4D2FC5ABF87245D9EADE800005D4");

        gcm.UnprotectRtcp(buffer, 0x8000_05D4).ShouldBe(plain.Length);
        buffer.AsSpan(0, plain.Length).SequenceEqual(plain).ShouldBeTrue();
    }

    static AesGcmTransform Gcm()
    {
        var key = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");
        var salt = Convert.FromHexString("517569642070726F2071756F");
        return new(key, salt, key, salt);
    }
}
