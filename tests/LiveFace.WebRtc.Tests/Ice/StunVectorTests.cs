using System.Net;
using System.Text;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Tests.Ice;

/// <summary>The vectors of RFC 5769.</summary>
public sealed class StunVectorTests
{
    static readonly byte[] Password = Encoding.ASCII.GetBytes("VOkJxbRl1RmTxUk/WvJxBt");

    static readonly byte[] Request = Convert.FromHexString(
        "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff"
        + "80290008932ff9b151263b36000600096576746a3a68367659202020"
        + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

    static readonly byte[] Response = Convert.FromHexString(
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");

    [Fact] // RFC 5769 2.1
    public void The_sample_request_is_read_and_authentic()
    {
        StunMessage.TryRead(Request.ToArray(), out var message).ShouldBeTrue();
        message.Type.ShouldBe(StunMessageType.BindingRequest);
        Encoding.ASCII.GetString(message.Username).ShouldBe("evtj:h6vY");
        message.Priority.ShouldBe(0x6E0001FFu);
        message.IsControlled.ShouldBeTrue();
        message.UnknownRequired.ShouldBe((ushort)0);
        message.FingerprintFits.ShouldBeTrue();
        StunIntegrity.Fits(message, Password).ShouldBeTrue();
        StunIntegrity.Fits(message, "another password of some"u8).ShouldBeFalse();
    }

    [Fact] // RFC 5769 2.2
    public void The_sample_response_is_read_and_authentic()
    {
        StunMessage.TryRead(Response.ToArray(), out var message).ShouldBeTrue();
        message.Type.ShouldBe(StunMessageType.BindingSuccess);
        message.FingerprintFits.ShouldBeTrue();
        StunIntegrity.Fits(message, Password).ShouldBeTrue();
        Convert.ToHexString(message.XorMappedAddress).ShouldBe("0001A147E112A643");
    }

    [Theory] // RFC 5769 2.2 and 2.3: 192.0.2.1 and 2001:db8:1234:5678:11:2233:4455:6677, port 32853
    [InlineData("192.0.2.1", "0001A147E112A643")]
    [InlineData("2001:db8:1234:5678:11:2233:4455:6677", "0002A1470113A9FAA5D3F179BC25F4B5BED2B9D9")]
    public void A_mapped_address_is_written_as_in_the_rfc(string address, string expected)
    {
        var buffer = new byte[128];
        var writer = new StunWriter(buffer, StunMessageType.BindingSuccess, Response.AsSpan(8, 12));
        writer.AddXorMappedAddress(TransportAddress.From(new IPEndPoint(IPAddress.Parse(address), 32853)));
        writer.AddIntegrity(Password);
        writer.AddFingerprint();

        StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out var message).ShouldBeTrue();
        Convert.ToHexString(message.XorMappedAddress).ShouldBe(expected);
        message.FingerprintFits.ShouldBeTrue();
        StunIntegrity.Fits(message, Password).ShouldBeTrue();
    }

    [Fact]
    public void Every_turned_bit_of_the_sample_is_noticed()
    {
        for (var bit = 0; bit < Request.Length * 8; bit++)
        {
            var changed = Request.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var good = StunMessage.TryRead(changed, out var message)
                && message.FingerprintFits
                && message.FingerprintOffset != 0
                && StunIntegrity.Fits(message, Password);
            good.ShouldBeFalse($"bit {bit}");
        }
    }
}
