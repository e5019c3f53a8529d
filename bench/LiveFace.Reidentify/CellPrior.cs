namespace LiveFace.Reidentify;

/// <summary>What whoever looks knows of an effect that works by cells: how many there are, and how far off their values are.</summary>
/// <param name="CellsOnShorterSide">Cells on the shorter side.</param>
/// <param name="Smooth">Whether a spline is drawn through them.</param>
/// <param name="Luma">Deviations for brightness.</param>
/// <param name="Chroma">Deviations for colour.</param>
public sealed record CellPrior(float CellsOnShorterSide, bool Smooth, CellDeviations Luma, CellDeviations Chroma)
{
    /// <summary>The prior for <see cref="NoisyCells.Usual"/>, whose steps, noise and shift are even distributions.</summary>
    public static CellPrior NoisyCells => new(2.64f, true, new(4.6, 15.6, 23), new(2.3, 5.2, 7.5));

    /// <summary>The prior for a mosaic, whose cells are off by rounding alone.</summary>
    public static CellPrior Mosaic(float cells) => new(cells, false, new(0.5, 0, 0), new(0.5, 0, 0));
}

/// <summary>Deviations of a cell's rounding, of its noise, and of the shift that all cells share, in levels.</summary>
public readonly record struct CellDeviations(double Rounding, double Noise, double Shift);
