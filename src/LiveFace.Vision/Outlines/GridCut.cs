namespace LiveFace.Vision.Outlines;

/// <summary>
/// The cheapest cut that parts a grid's cells into two: each cell has a pull to either side, and a price for being parted from
/// each of its eight neighbours. It is the maximum flow between two terminals, found by growing a tree from each (Boykov and
/// Kolmogorov, 2004).
/// </summary>
internal sealed class GridCut
{
    /// <summary>Neighbours that lie ahead of a cell in reading order, in pairs with <see cref="GridLinks.Back"/> of each.</summary>
    public const int Directions = 8;

    private const byte Terminal = 8, Orphan = 9, Free = 10;

    private readonly GridLinks _links;
    private readonly float[] _pull;
    private readonly byte[] _parent;
    private readonly bool[] _outer;
    private readonly int[] _seen;
    private readonly int[] _far;
    private readonly bool[] _waits;
    private readonly Queue<int> _active = new();
    private readonly Stack<int> _orphans = new();
    private int _time;

    public GridCut(GridLinks links)
    {
        _links = links;
        var cells = links.Cells;
        (_pull, _parent, _outer) = (new float[cells], new byte[cells], new bool[cells]);
        (_seen, _far, _waits) = (new int[cells], new int[cells], new bool[cells]);
    }

    /// <summary>Pulls a cell inside by a number over zero, outside by one below.</summary>
    public void Pull(int column, int row, float by) => _pull[_links.At(column, row)] += by;

    /// <summary>Cuts; the links are used up by it.</summary>
    public void Run()
    {
        for (var cell = 0; cell < _pull.Length; cell++)
        {
            _parent[cell] = _pull[cell] == 0 ? Free : Terminal;
            if (_pull[cell] == 0)
                continue;
            (_outer[cell], _far[cell]) = (_pull[cell] < 0, 1);
            Wake(cell);
        }

        while (Grow(out var inner, out var way))
        {
            _time++;
            Push(inner, way);
            while (_orphans.TryPop(out var orphan))
                Adopt(orphan);
        }
    }

    /// <summary>Whether a cell is inside.</summary>
    public bool IsInside(int column, int row) => _links.At(column, row) is var cell && _parent[cell] != Free && !_outer[cell];

    /// <summary>Grows both trees until they touch: from a cell of the inner one, over a way that still carries.</summary>
    private bool Grow(out int inner, out int way)
    {
        while (_active.TryPeek(out var cell))
        {
            for (var to = 0; _parent[cell] != Free && to < Directions; to++)
            {
                var next = cell + _links.Offset(to);
                if (Carries(cell, to, next) <= 0)
                    continue;
                if (_parent[next] == Free)
                {
                    _outer[next] = _outer[cell];
                    Hang(next, GridLinks.Back(to), cell);
                    Wake(next);
                }
                else if (_outer[next] != _outer[cell])
                {
                    (inner, way) = _outer[cell] ? (next, GridLinks.Back(to)) : (cell, to);
                    return true;
                }
                else if (_seen[next] <= _seen[cell] && _far[next] > _far[cell] + 1)
                    Hang(next, GridLinks.Back(to), cell);
            }

            _active.Dequeue();
            _waits[cell] = false;
        }

        (inner, way) = (0, 0);
        return false;
    }

    /// <summary>What still goes from a cell to the next, the way that flow runs in the cell's tree.</summary>
    private float Carries(int cell, int to, int next) => _outer[cell] ? _links.Left(next, GridLinks.Back(to)) : _links.Left(cell, to);

    private void Hang(int cell, int parent, int under)
    {
        _parent[cell] = (byte)parent;
        (_seen[cell], _far[cell]) = (_seen[under], _far[under] + 1);
    }

    private void Wake(int cell)
    {
        if (_waits[cell])
            return;
        _waits[cell] = true;
        _active.Enqueue(cell);
    }

    /// <summary>Sends as much as the narrowest place takes from one terminal to the other.</summary>
    private void Push(int inner, int way)
    {
        var outer = inner + _links.Offset(way);
        var flow = MathF.Min(_links.Left(inner, way), MathF.Min(Narrowest(inner), Narrowest(outer)));
        _links.Send(inner, way, flow);
        Send(inner, flow);
        Send(outer, flow);
    }

    private float Narrowest(int cell)
    {
        var least = float.MaxValue;
        for (; _parent[cell] != Terminal; cell += _links.Offset(_parent[cell]))
        {
            var (to, above) = (_parent[cell], cell + _links.Offset(_parent[cell]));
            least = MathF.Min(least, _outer[cell] ? _links.Left(cell, to) : _links.Left(above, GridLinks.Back(to)));
        }

        return MathF.Min(least, MathF.Abs(_pull[cell]));
    }

    private void Send(int cell, float flow)
    {
        while (_parent[cell] != Terminal)
        {
            int to = _parent[cell];
            var above = cell + _links.Offset(to);
            var left = _outer[cell] ? _links.Send(cell, to, flow) : _links.Send(above, GridLinks.Back(to), flow);
            if (left <= 0)
                Lose(cell);
            cell = above;
        }

        _pull[cell] += _outer[cell] ? flow : -flow;
        if (_pull[cell] == 0)
            Lose(cell);
    }

    private void Lose(int cell)
    {
        _parent[cell] = Orphan;
        _orphans.Push(cell);
    }

    /// <summary>Hangs a cell below the neighbour that is nearest to the terminal; without one it is free, and so are those below it.</summary>
    private void Adopt(int cell)
    {
        var (best, parent) = (int.MaxValue, -1);
        for (var to = 0; to < Directions; to++)
        {
            var next = cell + _links.Offset(to);
            if (_parent[next] == Free || _outer[next] != _outer[cell] || Carries(next, GridLinks.Back(to), cell) <= 0)
                continue;
            if (Distance(next) is var far && far < best)
                (best, parent) = (far, to);
        }

        if (parent >= 0)
        {
            _parent[cell] = (byte)parent;
            (_seen[cell], _far[cell]) = (_time, best + 1);
            return;
        }

        for (var to = 0; to < Directions; to++)
        {
            var next = cell + _links.Offset(to);
            if (_parent[next] == Free || _outer[next] != _outer[cell])
                continue;
            if (Carries(next, GridLinks.Back(to), cell) > 0)
                Wake(next);
            if (_parent[next] == GridLinks.Back(to))
                Lose(next);
        }

        _parent[cell] = Free;
    }

    /// <summary>How far it is to the terminal, as far as is known now; endless below an orphan.</summary>
    private int Distance(int cell)
    {
        var steps = 0;
        for (var at = cell; ; at += _links.Offset(_parent[at]))
        {
            if (_seen[at] == _time)
            {
                steps += _far[at];
                break;
            }

            if (_parent[at] == Orphan)
                return int.MaxValue;
            steps++;
            if (_parent[at] != Terminal)
                continue;
            (_seen[at], _far[at]) = (_time, 1);
            break;
        }

        var left = steps;
        for (var at = cell; _seen[at] != _time; at += _links.Offset(_parent[at]))
            (_seen[at], _far[at]) = (_time, left--);
        return steps;
    }
}
