using LiveFace.WebRtc.Rtcp;

namespace LiveFace.WebRtc.Tests.Rtcp;

/// <summary>draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1.</summary>
public sealed class TransportFeedbackTests
{
    private const long Lost = TransportFeedbackWriter.NotReceived;

    [Fact]
    public void A_packet_laid_out_by_hand_reads_as_the_draft_says()
    {
        // Base 5, seven packets, reference 2 (128 ms), count 9. A run of two small deltas, then a vector of two-bit
        // symbols: not received, large, small, and the rest beyond the count.
        var fci = Convert.FromHexString("00050005" + "00000209" + "2002" + "C900" + "04" + "08" + "FFFC" + "0C" + "00");
        TransportFeedbackReader.TryParse(fci, out var reader).ShouldBeTrue();
        reader.FeedbackCount.ShouldBe((byte)9);
        var read = Read(ref reader);
        read.ShouldBe([(5, 512 + 4), (6, 512 + 12), (7, Lost), (8, 512 + 8), (9, 512 + 20)]);
    }

    [Fact]
    public void A_vector_of_one_bit_symbols_is_read()
    {
        // 1010...: fourteen packets, every other one came 1 ms after the one before.
        var fci = Convert.FromHexString("0000000E" + "00000000" + "AAAA" + "04040404040404" + "000000");
        TransportFeedbackReader.TryParse(fci, out var reader).ShouldBeTrue();
        var read = Read(ref reader);
        read.Count.ShouldBe(14);
        read.Where((_, i) => i % 2 == 0).Select(p => p.Arrival).ShouldBe([4, 8, 12, 16, 20, 24, 28]);
        read.Where((_, i) => i % 2 == 1).ShouldAllBe(p => p.Arrival == Lost);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_written_reads_back(int seed)
    {
        var random = new Random(seed);
        var buffer = new byte[1200];
        for (var round = 0; round < 1000; round++)
        {
            var arrivals = RandomArrivals(random);
            var baseSequence = (ushort)random.Next(0x1_0000);
            var told = 0;
            while (told < arrivals.Length && arrivals.AsSpan(told).ContainsAnyExcept(Lost))
            {
                var size = TransportFeedbackWriter.Write(
                    buffer, 1, 2, (ushort)(baseSequence + told), arrivals.AsSpan(told), 3, out var reported);
                reported.ShouldBeGreaterThan(0);
                (size % 4).ShouldBe(0);
                new RtcpReader(buffer.AsSpan(0, size)).TryRead(out var packet).ShouldBeTrue();
                TransportFeedbackReader.TryParse(packet.Fci, out var reader).ShouldBeTrue();
                var read = Read(ref reader);
                read.Select(p => p.Arrival).ShouldBe(arrivals.AsSpan(told, reported).ToArray());
                read[0].Sequence.ShouldBe((ushort)(baseSequence + told));
                told += reported;
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000100000000")] // a packet without a chunk
    [InlineData("0000000000000000")] // no packet
    [InlineData("0000001000000000AAAA")] // fewer symbols than packets
    public void What_is_cut_short_is_refused(string hex) =>
        TransportFeedbackReader.TryParse(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void A_delta_that_is_missing_ends_the_walk()
    {
        TransportFeedbackReader.TryParse(Convert.FromHexString("00000003" + "00000000" + "2003" + "04"), out var reader)
            .ShouldBeTrue();
        Read(ref reader).Count.ShouldBe(1);
    }

    private static long[] RandomArrivals(Random random)
    {
        var arrivals = new long[random.Next(1, 300)];
        var time = random.NextInt64(0, 1 << 24);
        var mode = random.Next(4);
        for (var i = 0; i < arrivals.Length; i++)
        {
            time += mode switch { 0 => 4, 1 => random.Next(-20, 300), 2 => random.Next(0, 50), _ => random.Next(0, 20_000) };
            arrivals[i] = random.Next(mode == 0 ? 100 : 4) == 0 ? Lost : time;
        }

        return arrivals;
    }

    private static List<(int Sequence, long Arrival)> Read(ref TransportFeedbackReader reader)
    {
        var list = new List<(int, long)>();
        while (reader.TryRead(out var sequence, out var received, out var arrival))
            list.Add((sequence, received ? arrival : Lost));
        return list;
    }
}
