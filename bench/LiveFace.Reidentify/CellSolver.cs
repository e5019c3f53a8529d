namespace LiveFace.Reidentify;

/// <summary>
/// Puts a face together again from the cells of many pictures whose masks differ a little, by least squares. Unknown
/// are a lattice of brightness (or of one colour difference), the noise of each cell and the shift of all; known are
/// each picture's cells, what some picture shows bare, and that neighbouring points are alike. What does not depend on
/// the face is worked out once.
/// </summary>
internal sealed class CellSolver
{
    /// <summary>Points across and down, and pixels from one to the next.</summary>
    public const int Side = 40;

    public const int Pitch = 9;

    /// <summary>Where the lattice begins in the picture, across and down.</summary>
    public const int Start = (FilmMasks.Canvas - Side * Pitch) / 2;

    private const int Points = Side * Side;

    private readonly List<(int Point, float Weight)[]> _rows = [];
    private readonly double _precision;
    private readonly bool[] _bare;
    private readonly Cholesky _matrix;
    private readonly int _unknowns;

    /// <summary>Prepares a solution. Deviations are in levels; without noise there is nothing to know of it.</summary>
    /// <param name="layouts">How each picture is cut.</param>
    /// <param name="bare">Which points of the lattice some picture shows bare.</param>
    /// <param name="deviations">By how much cells are off.</param>
    /// <param name="roughness">By how much neighbouring points of a face differ.</param>
    public CellSolver(CellLayout[] layouts, bool[] bare, CellDeviations deviations, double roughness)
    {
        var (rounding, noise, shift) = deviations;
        _bare = bare;
        _precision = 1 / (rounding * rounding);
        var cells = noise > 0 ? layouts.Max(layout => layout.Cells) : 0;
        _unknowns = Points + cells + (noise > 0 ? 1 : 0);
        var matrix = new double[_unknowns, _unknowns];
        foreach (var layout in layouts)
            AddRows(layout, noise > 0);
        foreach (var row in _rows)
            foreach (var (a, weightA) in row)
                foreach (var (b, weightB) in row)
                    if (b <= a)
                        matrix[a, b] += weightA * weightB * _precision;
        AddLikeness(matrix, 1 / (roughness * roughness));
        for (var i = 0; i < Points; i++)
            matrix[i, i] += bare[i] ? 1 : 1e-6;
        for (var i = Points; i < _unknowns; i++)
            matrix[i, i] += 1 / (i < Points + cells ? noise * noise : shift * shift);
        _matrix = new Cholesky(matrix);
    }

    /// <summary>The lattice that explains best what was seen: all pictures' cells in a row, and the bare points.</summary>
    public float[] Solve(IReadOnlyList<float> seen, float[] bare)
    {
        var right = new double[_unknowns];
        for (var i = 0; i < _rows.Count; i++)
            foreach (var (point, weight) in _rows[i])
                right[point] += weight * seen[i] * _precision;
        for (var i = 0; i < Points; i++)
            if (_bare[i])
                right[i] += bare[i];
        _matrix.Solve(right);
        return [.. right.Take(Points).Select(value => (float)value)];
    }

    private void AddRows(CellLayout layout, bool noisy)
    {
        var columns = layout.Across.Length - 1;
        for (var j = 0; j < layout.Down.Length - 1; j++)
            for (var i = 0; i < columns; i++)
            {
                var row = new List<(int, float)>();
                foreach (var (y, partY) in Parts(layout.Down[j] * 2, layout.Down[j + 1] * 2))
                    foreach (var (x, partX) in Parts(layout.Across[i] * 2, layout.Across[i + 1] * 2))
                        row.Add((y * Side + x, partX * partY));
                if (noisy)
                {
                    row.Add((Points + j * columns + i, 1));
                    row.Add((_unknowns - 1, 1));
                }

                _rows.Add([.. row]);
            }
    }

    /// <summary>Which points a stretch of pixels lies on, and with which part of it.</summary>
    private static IEnumerable<(int Point, float Part)> Parts(int from, int to)
    {
        for (var point = 0; point < Side; point++)
        {
            var overlap = Math.Min(to, Start + (point + 1) * Pitch) - Math.Max(from, Start + point * Pitch);
            if (overlap > 0)
                yield return (point, overlap / (float)(to - from));
        }
    }

    private static void AddLikeness(double[,] matrix, double precision)
    {
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var here = y * Side + x;
                if (x > 0)
                    Pair(here, here - 1);
                if (y > 0)
                    Pair(here, here - Side);
            }

        void Pair(int later, int earlier)
        {
            matrix[later, later] += precision;
            matrix[earlier, earlier] += precision;
            matrix[later, earlier] -= precision;
        }
    }
}
