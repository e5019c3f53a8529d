using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.WebRtc.Tests.Rtp.Payloads;

/// <summary>RFC 6716, section 3.1 and table 2.</summary>
public sealed class OpusPayloadTests
{
    [Theory]
    [InlineData("08", 960)] // SILK narrowband 20 ms, one frame
    [InlineData("18", 2880)] // SILK narrowband 60 ms
    [InlineData("60", 480)] // hybrid 10 ms
    [InlineData("78", 960)] // hybrid 20 ms
    [InlineData("80", 120)] // CELT 2.5 ms
    [InlineData("FC01", 960)] // CELT fullband 20 ms
    [InlineData("F901", 1920)] // two frames of one size
    [InlineData("FB03", 2880)] // three frames
    public void The_first_byte_tells_how_long_a_packet_plays(string hex, int samples)
    {
        OpusPayload.TryGetDuration(Convert.FromHexString(hex), out var duration).ShouldBeTrue();
        duration.ShouldBe(samples);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FB")] // a frame count that is missing
    [InlineData("FB00")] // no frames
    [InlineData("1B03")] // three times 60 ms is more than 120 ms
    public void What_cannot_be_played_is_refused(string hex) =>
        OpusPayload.TryGetDuration(Convert.FromHexString(hex), out _).ShouldBeFalse();
}
