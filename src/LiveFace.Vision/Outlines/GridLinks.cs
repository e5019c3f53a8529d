namespace LiveFace.Vision.Outlines;

/// <summary>What each cell of a grid still sends to each of its eight neighbours. A border of cells without links lies round it.</summary>
internal sealed class GridLinks
{
    private readonly int _columns;
    private readonly int[] _offsets;
    private readonly float[] _left;

    public GridLinks(int width, int height)
    {
        _columns = width + 2;
        Cells = _columns * (height + 2);
        // Each beside its reverse: right, left; down, up; and the slanting ways.
        _offsets = [1, -1, _columns, -_columns, _columns + 1, -_columns - 1, _columns - 1, 1 - _columns];
        _left = new float[Cells * GridCut.Directions];
    }

    /// <summary>Cells with the border.</summary>
    public int Cells { get; }

    /// <summary>The way back.</summary>
    public static int Back(int way) => way ^ 1;

    public int At(int column, int row) => (row + 1) * _columns + column + 1;

    public int Offset(int way) => _offsets[way];

    /// <summary>What still goes this way.</summary>
    public float Left(int cell, int way) => _left[cell * GridCut.Directions + way];

    /// <summary>Joins two neighbours by the same strength both ways.</summary>
    public void Join(int cell, int way, float strength)
    {
        _left[cell * GridCut.Directions + way] = strength;
        _left[(cell + _offsets[way]) * GridCut.Directions + Back(way)] = strength;
    }

    /// <summary>Sends so much, which may come back; what still goes is returned.</summary>
    public float Send(int cell, int way, float flow)
    {
        _left[(cell + _offsets[way]) * GridCut.Directions + Back(way)] += flow;
        return _left[cell * GridCut.Directions + way] -= flow;
    }
}
