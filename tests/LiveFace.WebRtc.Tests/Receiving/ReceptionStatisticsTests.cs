using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Tests.Receiving;

/// <summary>RFC 3550, section 6.4.1 and appendices A.3 and A.8.</summary>
public sealed class ReceptionStatisticsTests
{
    private readonly ReceptionStatistics _statistics = new(7, 90_000);
    private SequenceUnwrapper _sequences;

    [Fact]
    public void Losses_are_counted_as_expected_less_received()
    {
        foreach (var sequence in new[] { 65_534, 65_535, 1, 2, 3, 4, 6, 7 })
            Add((ushort)sequence);
        var report = _statistics.MakeReport(TimeSpan.FromSeconds(1));
        report.CumulativeLost.ShouldBe(2);
        report.FractionLost.ShouldBe((byte)(2 * 256 / 10));
        report.HighestSequence.ShouldBe(0x1_0007u);

        Add(8);
        report = _statistics.MakeReport(TimeSpan.FromSeconds(2));
        report.FractionLost.ShouldBe((byte)0, "none was lost since the last report");
        report.CumulativeLost.ShouldBe(2);
    }

    [Fact]
    public void Duplicates_can_make_the_loss_negative()
    {
        Add(1);
        Add(1);
        _statistics.MakeReport(TimeSpan.Zero).CumulativeLost.ShouldBe(-1);
    }

    [Fact]
    public void Jitter_follows_the_formula()
    {
        // Packets of 3000 ticks that come 10 ms early and late in turn: |D| is 900 after the first.
        double expected = 0;
        for (var i = 0; i < 50; i++)
        {
            var at = TimeSpan.FromSeconds(1 + i / 30.0) + TimeSpan.FromMilliseconds(i % 2 == 0 ? 0 : 10);
            _statistics.Add(i, (uint)(i * 3000), 100, at);
            if (i > 0)
                expected += (900 - expected) / 16;
        }

        ((double)_statistics.MakeReport(TimeSpan.FromSeconds(3)).Jitter).ShouldBe(expected, 2);
    }

    [Fact]
    public void A_report_tells_the_last_sender_report_and_the_time_since()
    {
        Add(1);
        _statistics.OnSenderReport(new NtpTime(0x1111_2222_3333_4444), TimeSpan.FromSeconds(1));
        var report = _statistics.MakeReport(TimeSpan.FromSeconds(1.5));
        report.LastSenderReport.ShouldBe(0x2222_3333u);
        report.DelaySinceLastSenderReport.ShouldBe(0x8000u);
    }

    private void Add(ushort sequence) => _statistics.Add(_sequences.Unwrap(sequence), 0, 100, TimeSpan.Zero);
}
