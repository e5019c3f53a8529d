using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Fills a region from the ring round it. Blocks that nothing hidden touches are averaged into the ring's cells; the
/// cells inside then take what a heated plate would: each is the mean of its neighbours, and the ring's cells hold on
/// to what was read. The three planes are worked on at once, one in each lane of a vector.
/// </summary>
internal sealed unsafe class RingFill
{
    /// <summary>A block's side in chroma samples, in which places are kept.</summary>
    internal const int Block = HiddenBlocks.Side / 2;

    private const int MostSweeps = 32;

    /// <summary>Every so manieth block tells what the picture shows elsewhere.</summary>
    private const int Apart = 3;

    /// <summary>The lane in which weights are added up.</summary>
    private const int Weight = 3;

    private static readonly Vector128<float> Neutral = Vector128.Create(120f, 128, 128, 0);

    private Vector128<float>[] _cells = [];
    private Vector128<float>[] _read = [];
    private float[] _weights = [];
    private int[] _levels = [];
    private BlockPlace[] _columns = [];

    /// <summary>How wide the ring is, in chroma samples: several blocks, so that none of them decides alone.</summary>
    public static int MarginOf(in Placement place) =>
        Math.Max(4 * Block, Math.Min(place.Visible.Width, place.Visible.Height) / 8);

    /// <summary>
    /// Averages what may be read. A block counts the less, the nearer it lies to either border of the ring, so that
    /// nothing jumps when the region moves by a pixel. In a region with a mask, blocks that it leaves open count too.
    /// </summary>
    public void Read(VideoFrame frame, in Placement place, bool masked, int margin, HiddenBlocks hidden, CellGrid grid)
    {
        var width = grid.Across.Count;
        Clear(width * grid.Down.Count);
        var (left, right) = Blocks(place.Visible.X, place.Visible.Width, margin, hidden.Across);
        var (top, bottom) = Blocks(place.Visible.Y, place.Visible.Height, margin, hidden.Down);
        if (_columns.Length < right - left)
            _columns = new BlockPlace[right - left];
        for (var column = left; column < right; column++)
            _columns[column - left] = new BlockPlace(column, place.Visible.X, place.Visible.Width, width);
        // Beside a region without a mask there are blocks to read on its left and right alone.
        var inner = Math.Clamp((place.Visible.X + Block / 2) / Block, left, right);
        var outer = Math.Clamp((place.Visible.Right - Block / 2) / Block, inner, right);
        for (var row = top; row < bottom; row++)
        {
            var blocks = hidden.Row(row);
            var down = new BlockPlace(row, place.Visible.Y, place.Visible.Height, grid.Down.Count);
            var passed = !masked && down.Distance <= 0;
            for (var column = left; column < right; column++)
            {
                if (passed && column == inner)
                    column = outer;
                if (column == right)
                    break;
                ref readonly var across = ref _columns[column - left];
                var distance = MathF.Max(across.Distance, down.Distance);
                var weight = distance > 0 ? MathF.Min(distance / Block, 1) * (1 - distance / margin) : masked ? 1 : 0;
                if (weight <= 0 || blocks[column] != 0)
                    continue;
                var mean = BlockMeans.Of(frame, column, row);
                Add(down.First * width, across, mean * (weight * (1 - down.Part)));
                if (down.Part > 0)
                    Add(down.Second * width, across, mean * (weight * down.Part));
            }
        }
    }

    /// <summary>
    /// What the picture shows bare, for a region all of whose ring is hidden too: the mean of blocks here and there. A
    /// neutral grey when nothing is bare, and when there is a ring, which makes it needless.
    /// </summary>
    public Vector128<float> Elsewhere(VideoFrame frame, HiddenBlocks hidden, CellGrid grid)
    {
        foreach (var read in _read.AsSpan(0, grid.Across.Count * grid.Down.Count))
            if (read[Weight] > 0)
                return Neutral;
        var sum = Vector128<float>.Zero;
        for (var row = 0; row < hidden.Down; row += Apart)
        {
            var blocks = hidden.Row(row);
            for (var column = 0; column < blocks.Length; column += Apart)
                if (blocks[column] == 0)
                    sum += BlockMeans.Of(frame, column, row);
        }

        return sum[Weight] > 0 ? sum / sum[Weight] : Neutral;
    }

    /// <summary>Lets every cell take its place between what was read for it and its neighbours.</summary>
    public void Solve(CellGrid grid, float calm, Vector128<float> elsewhere)
    {
        var (width, height) = (grid.Across.Count, grid.Down.Count);
        // Successive over-relaxation: with this factor the error shrinks by (factor - 1) in each sweep.
        var longer = Math.Max(width, height);
        var factor = 2 / (1 + MathF.Sin(MathF.PI / longer));
        Begin(width, height, grid, calm, factor, elsewhere);
        var sweeps = Math.Min(3 + longer / 2, MostSweeps);
        for (var sweep = 0; sweep < sweeps; sweep++)
            for (var y = 0; y < height; y++)
                Sweep(y * width, Math.Max(y - 1, 0) * width, Math.Min(y + 1, height - 1) * width, width, 1 - factor);
        Finish(width * height);
    }

    /// <summary>Makes one plane the grid's values.</summary>
    public void Write(CellGrid grid, PlaneKind plane)
    {
        var values = grid.Values;
        for (var i = 0; i < values.Length; i++)
            values[i] = (byte)(_levels[i] >> 8 * (int)plane);
    }

    /// <summary>
    /// One step for a row of cells. Past the border a cell is its own neighbour, so nothing flows there. Only the cell on
    /// the left has to be waited for, and comes in last.
    /// </summary>
    private void Sweep(int row, int above, int below, int width, float kept)
    {
        ref var cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        var left = Unsafe.Add(ref cells, row);
        for (var x = 0; x < width; x++)
        {
            ref var cell = ref Unsafe.Add(ref cells, row + x);
            var others = Unsafe.Add(ref cells, row + Math.Min(x + 1, width - 1)) + (Unsafe.Add(ref cells, above + x) + Unsafe.Add(ref cells, below + x));
            var weight = _weights[row + x];
            left = left * weight + (others * weight + (cell * kept + _read[row + x]));
            cell = left;
        }
    }

    /// <summary>
    /// From sums to what one step needs: a cell becomes <c>kept · cell + read + weight · (sum of four neighbours)</c>. All
    /// cells begin at the ring's mean, or where there is no ring at what the rest of the picture shows.
    /// </summary>
    private void Begin(int width, int height, CellGrid grid, float calm, float factor, Vector128<float> elsewhere)
    {
        var count = width * height;
        var sum = Vector128<float>.Zero;
        for (var i = 0; i < count; i++)
            sum += _read[i];
        var mean = sum[Weight] > 0 ? sum / sum[Weight] : elsewhere;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                // Weights become parts of the cell that were read, so that all sizes of picture behave alike.
                var at = y * width + x;
                var share = Block * Block / (float)(grid.Across.Length(x) * grid.Down.Length(y));
                var scale = factor / (_read[at][Weight] * share + 4 * calm);
                _read[at] *= share * scale;
                _weights[at] = calm * scale;
                _cells[at] = mean;
            }
    }

    /// <summary>Rounds to levels, the three planes side by side in the bytes of a number.</summary>
    private void Finish(int count)
    {
        var least = Vector128.Create(16f);
        var most = Vector128.Create(235f, 240, 240, 16);
        for (var i = 0; i < count; i++)
        {
            var level = Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(_cells[i], least), most) + Vector128.Create(0.5f));
            _levels[i] = level[0] | level[1] << 8 | level[2] << 16;
        }
    }

    private void Clear(int count)
    {
        if (_cells.Length < count)
        {
            _cells = new Vector128<float>[count];
            _read = new Vector128<float>[count];
            _weights = new float[count];
            _levels = new int[count];
            return;
        }

        _read.AsSpan(0, count).Clear();
    }

    private void Add(int row, in BlockPlace across, Vector128<float> share)
    {
        ref var cells = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_read), row);
        Unsafe.Add(ref cells, across.First) += share * (1 - across.Part);
        if (across.Part > 0)
            Unsafe.Add(ref cells, across.Second) += share * across.Part;
    }

    private static (int From, int To) Blocks(int start, int length, int margin, int count) =>
        (Math.Max(0, (start - margin) / Block), Math.Min(count, (start + length + margin + Block - 1) / Block));
}
