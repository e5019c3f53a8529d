using System.Runtime.Intrinsics;

namespace LiveFace.Redaction.Effects.Removal;

/// <summary>
/// For each cell in and beside a hole the open place whose surroundings are most like its own, found by trying neighbours' places
/// and random ones (PatchMatch: Barnes, Shechtman, Finkelstein and Goldman, 2009). The memory is used again.
/// </summary>
internal sealed class PatchField
{
    /// <summary>A patch reaches so many cells to each side of its middle.</summary>
    public const int Reach = 3;

    private const int Side = 2 * Reach + 1;

    // How much less a patch counts with each step from what is known, and with each level by which it differs.
    private const float Fading = 0.5f, Tolerance = 12;

    private CellLevel _level = new();
    private bool[] _isSource = [];
    private int[] _sources = [];
    private int[] _targets = [];
    private int[] _place = [];
    private float[] _cost = [];
    private float[] _trust = [];
    private int _targetCount;
    private uint _random;

    /// <summary>How many places there are to fill from.</summary>
    public int Sources { get; private set; }

    /// <summary>Where a cell is filled from, as the index of a cell; for what is not near a hole it means nothing.</summary>
    public int Place(int cell) => _place[cell];

    /// <summary>Takes up a level, with random places for each cell.</summary>
    public void Begin(CellLevel level, uint seed)
    {
        _level = level;
        _random = seed * 2654435761u | 1;
        Reserve(level.Count);
        Trust();
        (Sources, _targetCount) = (0, 0);
        for (var at = 0; at < level.Count; at++)
        {
            if (_isSource[at] = IsAll(at))
                _sources[Sources++] = at;
            if (HasHole(at))
                _targets[_targetCount++] = at;
        }

        for (var i = 0; i < _targetCount && Sources > 0; i++)
            _place[_targets[i]] = _sources[Next(Sources)];
    }

    /// <summary>Takes over places of a coarser level where they are places here.</summary>
    public void TakeFrom(PatchField coarser)
    {
        var (width, other) = (_level.Width, coarser._level.Width);
        for (var i = 0; i < _targetCount; i++)
        {
            var (x, y) = (_targets[i] % width, _targets[i] / width);
            var above = y / 2 * other + x / 2;
            if (!coarser.HasHole(above))
                continue;
            var place = coarser._place[above];
            var (column, row) = (2 * (place % other) + (x & 1), 2 * (place / other) + (y & 1));
            if (column < width && row < _level.Height && _isSource[row * width + column])
                _place[_targets[i]] = row * width + column;
        }
    }

    /// <summary>Looks for better places, there and back.</summary>
    public void Search()
    {
        for (var i = 0; i < _targetCount; i++)
            _cost[_targets[i]] = Cost(_targets[i], _place[_targets[i]], float.MaxValue);
        for (var i = 0; i < _targetCount; i++)
            Improve(_targets[i], -1);
        for (var i = _targetCount - 1; i >= 0; i--)
            Improve(_targets[i], 1);
    }

    /// <summary>Gives each cell of the hole the colour that the patches round it bring.</summary>
    public void Vote()
    {
        var (width, height) = (_level.Width, _level.Height);
        for (var i = 0; i < _targetCount; i++)
        {
            var at = _targets[i];
            if (_level.Kinds[at] != CellKind.Hole)
                continue;
            var (x, y) = (at % width, at / width);
            var (sum, weights) = (Vector128<float>.Zero, 0f);
            for (var row = Math.Max(0, y - Reach); row <= Math.Min(height - 1, y + Reach); row++)
                for (var column = Math.Max(0, x - Reach); column <= Math.Min(width - 1, x + Reach); column++)
                {
                    var patch = row * width + column;
                    var weight = _trust[patch] * MathF.Exp(-_cost[patch] / (2 * Tolerance * Tolerance)) + 1e-9f;
                    sum += weight * _level.Colours[_place[patch] + at - patch];
                    weights += weight;
                }

            _level.Colours[at] = sum / weights;
        }
    }

    private void Improve(int at, int step)
    {
        var width = _level.Width;
        var x = at % width + step;
        if (x >= 0 && x < width && HasHole(at + step))
            Try(at, _place[at + step] - step);
        var above = at + step * width;
        if (above >= 0 && above < _level.Count && HasHole(above))
            Try(at, _place[above] - step * width);
        for (var reach = Math.Max(width, _level.Height) / 2; reach > 0; reach /= 2)
        {
            var column = _place[at] % width + Next(2 * reach + 1) - reach;
            var row = _place[at] / width + Next(2 * reach + 1) - reach;
            if (column >= 0 && column < width && row >= 0 && row < _level.Height)
                Try(at, row * width + column);
        }
    }

    private void Try(int at, int place)
    {
        if (place < 0 || place >= _level.Count || !_isSource[place] || place == _place[at])
            return;
        if (Cost(at, place, _cost[at]) is var cost && cost < _cost[at])
            (_place[at], _cost[at]) = (place, cost);
    }

    /// <summary>How far the surroundings of two cells are apart, in squared levels a cell; more than <paramref name="most"/> is not counted out.</summary>
    private float Cost(int at, int place, float most)
    {
        var (width, height) = (_level.Width, _level.Height);
        var (x, y) = (at % width, at / width);
        var (left, right) = (Math.Max(-Reach, -x), Math.Min(Reach, width - 1 - x));
        var (top, bottom) = (Math.Max(-Reach, -y), Math.Min(Reach, height - 1 - y));
        var cells = (right - left + 1) * (bottom - top + 1);
        var limit = most < float.MaxValue ? most * cells : float.MaxValue;
        var colours = _level.Colours;
        var sum = 0f;
        for (var row = top; row <= bottom && sum < limit; row++)
        {
            var squares = Vector128<float>.Zero;
            for (var column = left; column <= right; column++)
            {
                var difference = colours[at + row * width + column] - colours[place + row * width + column];
                squares += difference * difference;
            }

            sum += Vector128.Sum(squares);
        }

        return sum / cells;
    }

    private bool HasHole(int at) => _trust[at] > 0;

    private bool IsAll(int at)
    {
        var (x, y) = (at % _level.Width, at / _level.Width);
        if (x < Reach || y < Reach || x >= _level.Width - Reach || y >= _level.Height - Reach)
            return false;
        for (var row = -Reach; row <= Reach; row++)
            if (_level.Kinds.AsSpan(at + row * _level.Width - Reach, Side).ContainsAnyExcept(CellKind.Open))
                return false;
        return true;
    }

    /// <summary>Marks the cells whose patches hold something of the hole, and how far each is to be trusted: the less, the deeper inside it lies.</summary>
    private void Trust()
    {
        var (width, height) = (_level.Width, _level.Height);
        var depth = _cost.AsSpan(0, _level.Count);
        for (var at = 0; at < depth.Length; at++)
            depth[at] = _level.Kinds[at] <= CellKind.Edge ? 0 : width + height;
        for (var at = 0; at < depth.Length; at++)
            depth[at] = MathF.Min(depth[at], 1 + MathF.Min(at % width > 0 ? depth[at - 1] : depth[at], at >= width ? depth[at - width] : depth[at]));
        for (var at = depth.Length - 1; at >= 0; at--)
            depth[at] = MathF.Min(
                depth[at], 1 + MathF.Min(at % width < width - 1 ? depth[at + 1] : depth[at], at + width < depth.Length ? depth[at + width] : depth[at]));
        _trust.AsSpan(0, depth.Length).Clear();
        for (var at = 0; at < depth.Length; at++)
        {
            if (_level.Kinds[at] != CellKind.Hole)
                continue;
            var (x, y) = (at % width, at / width);
            for (var row = Math.Max(0, y - Reach); row <= Math.Min(height - 1, y + Reach); row++)
                for (var near = row * width + Math.Max(0, x - Reach); near <= row * width + Math.Min(width - 1, x + Reach); near++)
                    _trust[near] = 1 / (1 + Fading * depth[near]);
        }
    }

    private int Next(int below)
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return (int)((ulong)_random * (uint)below >> 32);
    }

    private void Reserve(int cells)
    {
        if (_place.Length >= cells)
            return;
        (_isSource, _sources, _targets, _place) = (new bool[cells], new int[cells], new int[cells], new int[cells]);
        (_cost, _trust) = (new float[cells], new float[cells]);
    }
}
