namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// UltraFace's prior boxes for an input size: per stride a grid of cells and in each the stride's box sizes. All is in
/// parts of the input, as the network's offsets are.
/// </summary>
internal sealed class UltraFacePriors
{
    /// <summary>Offsets of centres are in tenths of the prior's size.</summary>
    public const float CentreVariance = 0.1f;

    /// <summary>Offsets of sizes are fifths of a logarithm.</summary>
    public const float SizeVariance = 0.2f;

    private static readonly (int Stride, int[] Boxes)[] Levels =
    [
        (8, [10, 16, 24]), (16, [32, 48]), (32, [64, 96]), (64, [128, 192, 256]),
    ];

    private readonly float[] _priors;

    /// <summary>Makes the priors for an input of that size.</summary>
    public UltraFacePriors(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Count = Levels.Sum(level => Cells(width, level.Stride) * Cells(height, level.Stride) * level.Boxes.Length);
        _priors = new float[Count * 4];
        var next = 0;
        foreach (var (stride, boxes) in Levels)
        {
            var (columns, rows) = (Cells(width, stride), Cells(height, stride));
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                    foreach (var box in boxes)
                    {
                        // Where the stride does not divide the side, the cells share it evenly: so it was trained.
                        _priors[next++] = (column + 0.5f) / columns;
                        _priors[next++] = (row + 0.5f) / rows;
                        _priors[next++] = MathF.Min(1, (float)box / width);
                        _priors[next++] = MathF.Min(1, (float)box / height);
                    }
        }
    }

    /// <summary>Number of priors, which is the number of rows in the network's outputs.</summary>
    public int Count { get; }

    /// <summary>The box of one prior, moved and sized by its four offsets, in parts of the input.</summary>
    public BoxF Decode(int index, ReadOnlySpan<float> offsets)
    {
        var prior = _priors.AsSpan(index * 4, 4);
        var centreX = prior[0] + offsets[0] * CentreVariance * prior[2];
        var centreY = prior[1] + offsets[1] * CentreVariance * prior[3];
        var halfWidth = prior[2] * MathF.Exp(offsets[2] * SizeVariance) * 0.5f;
        var halfHeight = prior[3] * MathF.Exp(offsets[3] * SizeVariance) * 0.5f;
        return new BoxF(centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight);
    }

    /// <summary>Cells along a side: each level halves with its remainder kept, as convolutions with padding do.</summary>
    private static int Cells(int side, int stride) => (side + stride - 1) / stride;
}
