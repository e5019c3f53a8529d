using System.Numerics;

namespace LiveFace.Vision.Outlines;

/// <summary>
/// Parts what is in a box from what is round it (GrabCut: Rother, Kolmogorov and Blake, 2004). What lies outside of the box is
/// background; inside, colours and edges decide, in turns of learning the colours of both and cutting.
/// </summary>
internal sealed class GrabCut
{
    private const int Rounds = 5;

    // How much an edge without contrast is worth, as the authors measured it.
    private const float Smoothness = 50;

    private static readonly float Slanting = 1 / MathF.Sqrt(2);

    // The ways of GridLinks.
    private static readonly (int X, int Y)[] Steps = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (-1, 1), (1, -1)];

    private readonly Vector3[] _colours;
    private readonly int _width;
    private readonly (int Left, int Top, int Right, int Bottom) _box;
    private readonly bool[] _inside;
    private readonly ColourMixture _inner = new();
    private readonly ColourMixture _outer = new();
    private readonly float _contrast;

    private GrabCut(Vector3[] colours, int width, (int Left, int Top, int Right, int Bottom) box)
    {
        (_colours, _width, _box) = (colours, width, box);
        _inside = new bool[colours.Length];
        for (var row = box.Top; row < box.Bottom; row++)
            _inside.AsSpan(row * width + box.Left, box.Right - box.Left).Fill(true);
        _contrast = Contrast();
    }

    /// <summary>Which cells are inside. The box leaves some cells of the picture outside of it, and holds some.</summary>
    public static bool[] Run(Vector3[] colours, int width, (int Left, int Top, int Right, int Bottom) box)
    {
        var work = new GrabCut(colours, width, box);
        for (var round = 0; round < Rounds && work.Turn(round == 0); round++)
        {
        }

        return work._inside;
    }

    /// <summary>Learns, and cuts. False when nothing changed, or nothing is inside any more.</summary>
    private bool Turn(bool isFirst)
    {
        var (inner, outer) = (Where(true), Where(false));
        if (inner.Length == 0)
            return false;
        if (isFirst)
        {
            _inner.Begin(inner);
            _outer.Begin(outer);
        }

        _inner.Learn(inner);
        _outer.Learn(outer);
        return Cut();
    }

    private Vector3[] Where(bool isInside) => [.. Enumerable.Range(0, _colours.Length).Where(i => _inside[i] == isInside).Select(i => _colours[i])];

    private bool Cut()
    {
        var (width, height) = (_box.Right - _box.Left, _box.Bottom - _box.Top);
        var links = new GridLinks(width, height);
        var cut = new GridCut(links);
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var at = (_box.Top + row) * _width + _box.Left + column;
                cut.Pull(column, row, _inner.LogLikelihood(_colours[at]) - _outer.LogLikelihood(_colours[at]));
                for (var way = 0; way < GridCut.Directions; way++)
                    Join(links, cut, column, row, way);
            }

        cut.Run();
        var changed = false;
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                ref var inside = ref _inside[(_box.Top + row) * _width + _box.Left + column];
                changed |= inside != cut.IsInside(column, row);
                inside = cut.IsInside(column, row);
            }

        return changed;
    }

    /// <summary>Joins a cell to its neighbour; one outside of the box is background for sure, and pulls.</summary>
    private void Join(GridLinks links, GridCut cut, int column, int row, int way)
    {
        var (dx, dy) = Steps[way];
        var (x, y) = (_box.Left + column + dx, _box.Top + row + dy);
        if (x < 0 || y < 0 || x >= _width || y * _width >= _colours.Length)
            return;
        var price = Price(_colours[y * _width + x], _colours[(y - dy) * _width + x - dx], dx != 0 && dy != 0);
        if (x < _box.Left || x >= _box.Right || y < _box.Top || y >= _box.Bottom)
            cut.Pull(column, row, -price);
        else if ((way & 1) == 0)
            links.Join(links.At(column, row), way, price);
    }

    private float Price(Vector3 a, Vector3 b, bool isSlanting) =>
        Smoothness * MathF.Exp(-_contrast * Vector3.DistanceSquared(a, b)) * (isSlanting ? Slanting : 1);

    /// <summary>One over twice the mean square by which neighbours differ.</summary>
    private float Contrast()
    {
        double sum = 0;
        var count = 0;
        for (var i = 0; i < _colours.Length; i++)
        {
            if (i % _width + 1 < _width)
                (sum, count) = (sum + Vector3.DistanceSquared(_colours[i], _colours[i + 1]), count + 1);
            if (i + _width < _colours.Length)
                (sum, count) = (sum + Vector3.DistanceSquared(_colours[i], _colours[i + _width]), count + 1);
        }

        return sum > 0 ? (float)(count / (2 * sum)) : 0;
    }
}
