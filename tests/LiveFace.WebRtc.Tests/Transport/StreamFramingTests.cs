using LiveFace.WebRtc.Transport;

namespace LiveFace.WebRtc.Tests.Transport;

/// <summary>RFC 4571 2.</summary>
public sealed class StreamFramingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Packets_come_out_whole_however_the_stream_is_cut(int piece)
    {
        var random = new Random(7);
        var packets = Enumerable.Range(1, 200).Select(_ => RandomBytes(random, random.Next(1, 2000))).ToList();
        var stream = packets.SelectMany(packet => (byte[])[(byte)(packet.Length >> 8), (byte)packet.Length, .. packet]).ToArray();

        var framing = new StreamFraming();
        var taken = new List<byte[]>();
        for (var at = 0; at < stream.Length;)
        {
            var free = framing.Free;
            var count = Math.Min(Math.Min(piece, free.Length), stream.Length - at);
            stream.AsMemory(at, count).CopyTo(free);
            framing.Received(count);
            at += count;
            while (framing.TryTake(out var packet))
                taken.Add(packet.ToArray());
        }

        taken.Count.ShouldBe(packets.Count);
        taken.Zip(packets).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0x10, 0x01)]
    [InlineData(0xFF, 0xFF)]
    public void An_empty_or_oversized_packet_breaks_the_stream(byte high, byte low)
    {
        var framing = new StreamFraming();
        framing.Free.Span[0] = high;
        framing.Free.Span[1] = low;
        framing.Received(2);
        framing.TryTake(out _).ShouldBeFalse();
        framing.IsBroken.ShouldBeTrue();
    }

    internal static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
