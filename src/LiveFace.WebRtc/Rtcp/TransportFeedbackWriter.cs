using System.Buffers.Binary;

namespace LiveFace.WebRtc.Rtcp;

/// <summary>
/// Writes one transport-wide feedback packet (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1).
/// </summary>
internal static class TransportFeedbackWriter
{
    /// <summary>In place of an arrival time: the packet did not come.</summary>
    public const long NotReceived = long.MinValue;

    private const int HeadSize = 20;
    private const int VectorSize = 7;
    private const int MaxRun = 0x1FFF;

    /// <summary>
    /// Reports on packets from <paramref name="baseSequence"/> on. Arrival times are in ticks of 250 µs; at least one
    /// must be of a packet that came. Gives the bytes written, and how many packets they tell of: it stops where the
    /// buffer is full or where a time is further from the one before than a delta can say.
    /// </summary>
    public static int Write(
        Span<byte> buffer, uint sender, uint media, ushort baseSequence, ReadOnlySpan<long> arrivals,
        byte feedbackCount, out int reported)
    {
        var reference = arrivals[FirstReceived(arrivals)] >> TransportFeedbackReader.ReferenceShift;
        var start = reference << TransportFeedbackReader.ReferenceShift;
        reported = CountThatFit(buffer.Length, arrivals, start);
        if (reported == 0)
            return 0;

        var told = arrivals[..reported];
        var position = WriteChunks(buffer, told, start);
        position = WriteDeltas(buffer, position, told, start);
        while (position % 4 != 0)
            buffer[position++] = 0;

        buffer[0] = 0x80 | RtcpType.FormatTransportWide;
        buffer[1] = RtcpType.TransportFeedback;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(position / 4 - 1));
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], sender);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], media);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[12..], baseSequence);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[14..], (ushort)reported);
        BinaryPrimitives.WriteInt32BigEndian(buffer[16..], (int)reference << 8 | feedbackCount);
        return position;
    }

    private static int FirstReceived(ReadOnlySpan<long> arrivals) => arrivals.IndexOfAnyExcept(NotReceived);

    // At worst each packet takes two bytes of delta and a seventh of a chunk.
    private static int CountThatFit(int room, ReadOnlySpan<long> arrivals, long previous)
    {
        var bytes = HeadSize + 2 + 3;
        for (var i = 0; i < arrivals.Length; i++)
        {
            bytes += i % VectorSize == 0 ? 2 : 0;
            if (arrivals[i] != NotReceived)
            {
                if (arrivals[i] - previous is < short.MinValue or > short.MaxValue)
                    return i;
                previous = arrivals[i];
                bytes += 2;
            }

            if (bytes > room)
                return i;
        }

        return arrivals.Length;
    }

    private static int WriteChunks(Span<byte> buffer, ReadOnlySpan<long> arrivals, long previous)
    {
        var position = HeadSize;
        for (var i = 0; i < arrivals.Length;)
        {
            var afterRun = previous;
            var symbol = Symbol(arrivals[i], ref afterRun);
            var run = 1;
            while (i + run < arrivals.Length && run < MaxRun)
            {
                var after = afterRun;
                if (Symbol(arrivals[i + run], ref after) != symbol)
                    break;
                afterRun = after;
                run++;
            }

            int chunk;
            if (run >= VectorSize || i + run == arrivals.Length)
            {
                chunk = symbol << 13 | run;
                previous = afterRun;
            }
            else
            {
                chunk = 0xC000;
                run = Math.Min(VectorSize, arrivals.Length - i);
                for (var j = 0; j < run; j++)
                    chunk |= Symbol(arrivals[i + j], ref previous) << 2 * (VectorSize - 1 - j);
            }

            BinaryPrimitives.WriteUInt16BigEndian(buffer[position..], (ushort)chunk);
            position += 2;
            i += run;
        }

        return position;
    }

    private static int WriteDeltas(Span<byte> buffer, int position, ReadOnlySpan<long> arrivals, long previous)
    {
        foreach (var arrival in arrivals)
        {
            var delta = arrival - previous;
            switch (Symbol(arrival, ref previous))
            {
                case 1:
                    buffer[position++] = (byte)delta;
                    break;
                case 2:
                    BinaryPrimitives.WriteInt16BigEndian(buffer[position..], (short)delta);
                    position += 2;
                    break;
            }
        }

        return position;
    }

    private static int Symbol(long arrival, ref long previous)
    {
        if (arrival == NotReceived)
            return 0;
        var delta = arrival - previous;
        previous = arrival;
        return delta is >= 0 and <= byte.MaxValue ? 1 : 2;
    }
}
