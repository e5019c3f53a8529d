using LiveFace.Restoration.Fit;

namespace LiveFace.Restoration;

/// <summary>What is seen of one picture: how surely each pixel is marked, how much of it the mark covers, and what mark it is.</summary>
public sealed class MarkLook
{
    /// <summary>From this on, 0 to 255, a pixel counts as marked.</summary>
    public const int Marked = SeamWindow.Marked;

    // Single pixels that a net takes for marked in pictures that have none are none.
    private const double LeastShare = 0.0002;
    private const int LeastPixels = 24;

    internal MarkLook(int width, int height, byte[] mask, byte[] cover, Mark? mark, MarkMeasures measures)
    {
        (Width, Height, Mask, Cover, Measures) = (width, height, mask, cover, measures);
        Found = measures.MaskShare * width * height < Math.Max(LeastPixels, LeastShare * width * height) ? null : mark;
    }

    /// <summary>Columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Rows of the picture.</summary>
    public int Height { get; }

    /// <summary>A byte a pixel, row by row: 0 for not marked, 255 for surely marked.</summary>
    public byte[] Mask { get; }

    /// <summary>How much of a marked pixel is mark: at the edges of letters less than all, which is 255.</summary>
    internal byte[] Cover { get; }

    /// <summary>The mark; null where there is none, and where what looks like one leaves its edges when it is taken off.</summary>
    public Mark? Found { get; }

    /// <summary>Numbers about the picture and the mask, by which it is seen when inputs change.</summary>
    public MarkMeasures Measures { get; }

    /// <summary>Whether there is no mark.</summary>
    public bool IsEmpty => Found is null;

    /// <summary>Which part of the pixels the mark lies on; 0 where there is none, whatever single pixels look like.</summary>
    public double Share => IsEmpty ? 0 : Measures.MaskShare;
}
