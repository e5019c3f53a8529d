using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Rtp;

public sealed class UnwrapperTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sequence_numbers_go_on_past_any_number_of_wraps_in_any_local_order(int seed)
    {
        var random = new Random(seed);
        var unwrapper = new SequenceUnwrapper();
        long truth = random.Next(0x1_0000);
        var offset = unwrapper.Unwrap((ushort)truth) - truth;
        for (var i = 0; i < 200_000; i++)
        {
            truth += random.Next(-200, 1000);
            unwrapper.Unwrap((ushort)truth).ShouldBe(truth + offset);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Timestamps_go_on_past_their_wrap(int seed)
    {
        var random = new Random(seed);
        var unwrapper = new TimestampUnwrapper();
        long truth = random.NextInt64(1L << 32);
        var offset = unwrapper.Unwrap((uint)truth) - truth;
        for (var i = 0; i < 100_000; i++)
        {
            truth += random.Next(-100_000, 10_000_000);
            unwrapper.Unwrap((uint)truth).ShouldBe(truth + offset);
        }
    }

    [Fact]
    public void Packets_before_the_first_stay_above_zero()
    {
        var unwrapper = new SequenceUnwrapper();
        var first = unwrapper.Unwrap(2);
        unwrapper.Unwrap(65_534).ShouldBe(first - 4);
        (first - 4).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Peeking_moves_nothing()
    {
        var unwrapper = new SequenceUnwrapper();
        var first = unwrapper.Unwrap(0);
        unwrapper.Peek(30_000).ShouldBe(first + 30_000);
        unwrapper.Peek(60_000).ShouldBe(first - 5536);
    }

    [Fact]
    public void Ntp_times_count_from_1900_and_read_back()
    {
        // RFC 868 and RFC 5905: 1970 begins 2,208,988,800 s after 1900.
        var ntp = NtpTime.From(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(0.5));
        ntp.Value.ShouldBe(2_208_988_800UL << 32 | 0x8000_0000);
        ntp.Compact.ShouldBe((uint)((2_208_988_800UL & 0xFFFF) << 16 | 0x8000));
        TimeSpan.FromTicks(ntp.Ticks).TotalSeconds.ShouldBe(2_208_988_800.5);
        NtpTime.FromCompact(NtpTime.ToCompact(TimeSpan.FromSeconds(1.25))).ShouldBe(TimeSpan.FromSeconds(1.25));
        NtpTime.ToCompact(TimeSpan.FromDays(-1)).ShouldBe(0u);
    }
}
