namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// How much of each point is covered, from 0 (not at all) to 255 (fully), at any resolution. The owner may write the
/// pixels anew for each frame; effects read them while they are applied and keep nothing.
/// </summary>
public sealed class AlphaMask
{
    private readonly byte[] _pixels;

    /// <summary>Makes a mask that covers nothing.</summary>
    public AlphaMask(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16384);
        Width = width;
        Height = height;
        _pixels = new byte[width * height];
    }

    /// <summary>Points across.</summary>
    internal int Width { get; }

    /// <summary>Points down.</summary>
    internal int Height { get; }

    /// <summary>All points, row by row without padding.</summary>
    public Span<byte> Pixels => _pixels;
}
