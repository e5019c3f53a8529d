namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>A region cut into cells of even pixels, with room for one value per visible cell.</summary>
internal sealed unsafe class CellGrid
{
    /// <summary>More cells than this along one side are never made, however long and thin a region is.</summary>
    private const int MaximumCells = 4096;

    /// <summary>The same for cells with a ring round them, where each cell takes part in the solution of all.</summary>
    private const int MaximumCellsAround = 48;

    private readonly Scratch _values = new();
    private readonly Scratch _spare = new();
    private readonly CellMeans _means = new();

    public CellAxis Across { get; } = new();

    public CellAxis Down { get; } = new();

    /// <summary>The visible cells' values, row by row without padding.</summary>
    public Span<byte> Values => new(_values.Get(Across.Count * Down.Count), Across.Count * Down.Count);

    /// <summary>As much memory again, for a filter's result.</summary>
    public Span<byte> Spare => new(_spare.Get(Across.Count * Down.Count), Across.Count * Down.Count);

    /// <summary>Cuts the region into square-like cells, of which so many fit its shorter side.</summary>
    public void Cut(in Placement place, float cellsOnShorterSide)
    {
        var shorter = Math.Min(place.ChromaWidth, place.ChromaHeight);
        var cells = Math.Clamp(cellsOnShorterSide, 1, shorter);
        Across.Cut(place.ChromaLeft, place.ChromaWidth, Count(place.ChromaWidth), place.Visible.X, place.Visible.Width);
        Down.Cut(place.ChromaTop, place.ChromaHeight, Count(place.ChromaHeight), place.Visible.Y, place.Visible.Height);

        int Count(int length) => (int)Math.Clamp(MathF.Round(cells * length / shorter), 1, MaximumCells);
    }

    /// <summary>
    /// Cuts what is visible of the region into square-like cells, of which so many fit the region's shorter side, and
    /// lays a ring of cells round them.
    /// </summary>
    public void CutAround(in Placement place, float cellsOnShorterSide, int margin)
    {
        var side = Math.Max(1, Math.Min(place.ChromaWidth, place.ChromaHeight) / cellsOnShorterSide);
        Across.CutAround(Count(place.Visible.Width), place.Visible.Width, margin);
        Down.CutAround(Count(place.Visible.Height), place.Visible.Height, margin);

        int Count(int length) => (int)Math.Clamp(MathF.Round(length / side), 1, MaximumCellsAround);
    }

    /// <summary>Sets each cell's value to the rounded mean of the samples that can be seen of it.</summary>
    public void Average(PlaneKind plane, PlaneView source) => _means.Take(this, plane == PlaneKind.Y, source, Values);

    /// <summary>Paints each cell in its value.</summary>
    public void Fill(PlaneKind plane, PlaneView target)
    {
        var luma = plane == PlaneKind.Y;
        var values = Values;
        for (var j = 0; j < Down.Count; j++)
        {
            var (top, bottom) = Down.Clipped(j, luma, target.Height);
            if (top >= bottom)
                continue;
            var row = target.Span(top);
            for (var i = 0; i < Across.Count; i++)
            {
                var (from, to) = Across.Clipped(i, luma, target.Width);
                row[from..to].Fill(values[j * Across.Count + i]);
            }

            for (var y = top + 1; y < bottom; y++)
                row.CopyTo(target.Span(y));
        }
    }
}
