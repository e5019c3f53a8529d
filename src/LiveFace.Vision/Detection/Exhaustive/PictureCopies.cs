using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>Copies of a picture as it is looked at: mirrored, turned, with a border, brightened.</summary>
internal static class PictureCopies
{
    private const byte Black = 16;
    private const byte NoColour = 128;

    /// <summary>What models subtract, so that a border is nothing to them.</summary>
    private const byte Grey = 126;

    /// <summary>Mean brightness above black below which a picture is dark, and to which a dark one is brought.</summary>
    private const double Dark = 70, Bright = 100;

    private const double MostGain = 12;

    public static VideoFrame Mirrored(VideoFrame frame, FramePool pool)
    {
        var copy = pool.Rent(frame.Width, frame.Height);
        for (var row = 0; row < frame.Height; row++)
            Reverse(frame.RowY(row), copy.RowY(row));
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            Reverse(frame.RowU(row), copy.RowU(row));
            Reverse(frame.RowV(row), copy.RowV(row));
        }

        return copy;
    }

    public static VideoFrame Turned(VideoFrame frame, QuarterTurns turns, FramePool pool)
    {
        var (width, height) = FrameRotation.SizeAfter(frame.Width, frame.Height, turns);
        var copy = pool.Rent(width, height);
        FrameRotation.Rotate(frame, turns, copy);
        return copy;
    }

    /// <summary>The picture in the middle of a grey one that is so many times as wide and high.</summary>
    public static VideoFrame Padded(VideoFrame frame, double times, FramePool pool, out int left, out int top)
    {
        // Borders are even, so that colour lies where brightness lies.
        left = (int)(frame.Width * (times - 1) / 4) * 2;
        top = (int)(frame.Height * (times - 1) / 4) * 2;
        var copy = pool.Rent(frame.Width + 2 * left, frame.Height + 2 * top);
        FrameCopy.Fill(copy, Grey, NoColour, NoColour);
        for (var row = 0; row < frame.Height; row++)
            frame.RowY(row).CopyTo(copy.RowY(top + row)[left..]);
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            frame.RowU(row).CopyTo(copy.RowU(top / 2 + row)[(left / 2)..]);
            frame.RowV(row).CopyTo(copy.RowV(top / 2 + row)[(left / 2)..]);
        }

        return copy;
    }

    /// <summary>The picture with its light brought up, or null where there is light enough.</summary>
    public static VideoFrame? Brightened(VideoFrame frame, FramePool pool)
    {
        long sum = 0;
        for (var row = 0; row < frame.Height; row++)
            foreach (var pixel in frame.RowY(row))
                sum += Math.Max(0, pixel - Black);
        var mean = sum / ((double)frame.Width * frame.Height);
        if (mean >= Dark)
            return null;
        var gain = Math.Clamp(Bright / Math.Max(1, mean), 1, MostGain);
        var copy = pool.Rent(frame.Width, frame.Height);
        Span<byte> table = stackalloc byte[256];
        Fill(table, Black, gain);
        for (var row = 0; row < frame.Height; row++)
            Map(frame.RowY(row), copy.RowY(row), table);
        Fill(table, NoColour, gain);
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            Map(frame.RowU(row), copy.RowU(row), table);
            Map(frame.RowV(row), copy.RowV(row), table);
        }

        return copy;
    }

    private static void Fill(Span<byte> table, byte zero, double gain)
    {
        for (var i = 0; i < table.Length; i++)
            table[i] = (byte)Math.Clamp(Math.Round(zero + (i - zero) * gain), 0, 255);
    }

    private static void Map(ReadOnlySpan<byte> from, Span<byte> to, ReadOnlySpan<byte> table)
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = table[from[i]];
    }

    private static void Reverse(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        to[..from.Length].Reverse();
    }
}
