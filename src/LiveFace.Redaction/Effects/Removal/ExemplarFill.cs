using System.Runtime.Intrinsics;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Removal;

/// <summary>
/// Finds for each cell of a hole the place round it that carries on what is there, from the coarsest scale to the finest: places
/// are looked for, then the cells take the colours that these bring, in turns (Wexler, Shechtman and Irani, 2007).
/// </summary>
internal sealed class ExemplarFill
{
    // A hole is no more than this at the coarsest scale, and this many places at the least are there to fill from.
    private const int CoarsestHole = 8, LeastSources = 24;

    private const int MostLevels = 6, CoarseRounds = 8, FineRounds = 3;

    private readonly CellLevel[] _levels = [.. Enumerable.Range(0, MostLevels).Select(_ => new CellLevel())];
    private readonly PatchField[] _fields = [.. Enumerable.Range(0, MostLevels).Select(_ => new PatchField())];

    private CellLevel Finest => _levels[0];

    /// <summary>False when too little round the hole may be read.</summary>
    public bool Solve(VideoFrame frame, in FillWindow window, HiddenBlocks hidden, uint seed)
    {
        Finest.Read(frame, window, hidden);
        _fields[0].Begin(Finest, seed);
        if (_fields[0].Sources < LeastSources)
            return false;
        var last = 0;
        for (var hole = Math.Max(window.Hole.Width, window.Hole.Height); hole > CoarsestHole && last + 1 < MostLevels; hole /= 2)
        {
            _levels[last + 1].Halve(_levels[last]);
            _fields[last + 1].Begin(_levels[last + 1], seed);
            if (_fields[last + 1].Sources < LeastSources)
                break;
            last++;
        }

        _levels[last].Diffuse();
        for (var at = last; at >= 0; at--)
        {
            if (at < last)
            {
                _levels[at].TakeFrom(_levels[at + 1]);
                _fields[at].TakeFrom(_fields[at + 1]);
            }

            for (var round = 0; round < (at == last ? CoarseRounds : FineRounds); round++)
            {
                _fields[at].Search();
                _fields[at].Vote();
            }
        }

        return true;
    }

    /// <summary>Whether a cell of the window is filled.</summary>
    public bool IsFilled(int column, int row) => Finest.Kinds[row * Finest.Width + column] == CellKind.Hole;

    /// <summary>How far away, in cells, a cell is filled from, and by how much lighter or darker.</summary>
    public (int Across, int Down, Vector128<float> Change) At(int column, int row)
    {
        var cell = row * Finest.Width + column;
        var place = _fields[0].Place(cell);
        return (place % Finest.Width - column, place / Finest.Width - row, Finest.Colours[cell] - Finest.Colours[place]);
    }
}
