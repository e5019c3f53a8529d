namespace LiveFace.Restoration;

/// <summary>What the net says of one picture: for each pixel how surely it is marked, and what is under the mark.</summary>
public sealed class MarkLook
{
    /// <summary>From this on, 0 to 255, a pixel counts as marked.</summary>
    public const int Marked = 128;

    // Single pixels that a net takes for marked in pictures that have none are none.
    private const double LeastShare = 0.0002;
    private const int LeastPixels = 24;

    internal MarkLook(int width, int height, byte[] mask, byte[] colours, MarkMeasures measures)
    {
        (Width, Height, Mask, Colours, Measures) = (width, height, mask, colours, measures);
        IsEmpty = measures.MaskShare * width * height < Math.Max(LeastPixels, LeastShare * width * height);
    }

    /// <summary>Columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Rows of the picture.</summary>
    public int Height { get; }

    /// <summary>A byte a pixel, row by row: 0 for not marked, 255 for surely marked.</summary>
    public byte[] Mask { get; }

    /// <summary>What is under the mark: red, green and blue of each pixel.</summary>
    internal byte[] Colours { get; }

    /// <summary>Numbers about the picture and the mask, by which it is seen when inputs change.</summary>
    public MarkMeasures Measures { get; }

    /// <summary>Whether there is no mark.</summary>
    public bool IsEmpty { get; }
}
