using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Reidentify;

/// <summary>
/// Puts a face together again from a film of it. Whatever any picture shows bare, or covers by less than nine tenths, is
/// taken as it is. What lies beneath the masks of all pictures is the least-squares solution for effects that work by
/// cells, else the mean of all pictures.
/// </summary>
internal sealed class FilmAttack
{
    private const int Side = FilmMasks.Canvas;
    private const byte Bare = 230;

    private readonly EffectRegion[] _regions;
    private readonly bool _smooth;
    private readonly CellLayout[]? _layouts;
    private readonly Length[] _lengths;

    /// <summary>Prepares for the first so many pictures of a film, for each of some lengths, which grow.</summary>
    public FilmAttack(EffectRegion[] regions, int[] lengths, CellPrior? cells, FramePool pool)
    {
        _regions = regions;
        _lengths = new Length[lengths.Length];
        _smooth = cells is { Smooth: true };
        _layouts = cells is null ? null : [.. regions.Select(region => new CellLayout(region, cells.CellsOnShorterSide))];
        var cover = new byte[Side * Side];
        cover.AsSpan().Fill(255);
        for (var i = 0; i < lengths.Length; i++)
        {
            foreach (var region in regions[(i == 0 ? 0 : lengths[i - 1])..lengths[i]])
                Uncover(region, cover, pool);
            _lengths[i] = new Length(lengths[i], [.. cover], _layouts?[..lengths[i]], cells);
        }
    }

    /// <summary>What is known of one length of film.</summary>
    private sealed class Length
    {
        public Length(int pictures, byte[] cover, CellLayout[]? layouts, CellPrior? cells)
        {
            (Pictures, Cover) = (pictures, cover);
            if (layouts is null || cells is null)
                return;
            var bare = new bool[CellSolver.Side * CellSolver.Side];
            for (var i = 0; i < bare.Length; i++)
                bare[i] = Pixels(i).All(at => cover[at] < Bare);
            Luma = new CellSolver(layouts, bare, cells.Luma, 12);
            Chroma = new CellSolver(layouts, bare, cells.Chroma, 3);
        }

        public int Pictures { get; }

        /// <summary>By how much each pixel is covered at least.</summary>
        public byte[] Cover { get; }

        public CellSolver? Luma { get; }

        public CellSolver? Chroma { get; }
    }

    /// <summary>The picture with everything that is not covered fully all the time in one grey.</summary>
    public VideoFrame OnlyCovered(VideoFrame canvas, FramePool pool)
    {
        var copy = FrameCopies.Of(canvas, pool);
        var cover = _lengths[^1].Cover;
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                if (cover[y * Side + x] < 255)
                {
                    copy.RowY(y)[x] = 128;
                    copy.RowU(y / 2)[x / 2] = 128;
                    copy.RowV(y / 2)[x / 2] = 128;
                }

        return copy;
    }

    /// <summary>Hides the face in each picture with one seed, as for one track, and gives back what each length lets be put together.</summary>
    public VideoFrame[] PutTogether(VideoFrame canvas, IRegionEffect effect, uint seed, FramePool pool)
    {
        float[][] sums = [new float[Side * Side], new float[Side * Side / 4], new float[Side * Side / 4]];
        List<float>[] cells = [[], [], []];
        var results = new VideoFrame[_lengths.Length];
        var at = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var length = _lengths[i];
            for (; at < length.Pictures; at++)
            {
                using var picture = FrameCopies.Of(canvas, pool);
                effect.Apply(picture, _regions[at] with { Seed = seed });
                for (var plane = 0; plane < 3; plane++)
                    if (_layouts is null)
                        AddUp(picture, plane, sums[plane]);
                    else
                        ReadCells(picture, plane, _layouts[at], _smooth, cells[plane]);
            }

            for (var plane = 0; plane < 3 && _layouts is not null; plane++)
                DrawOut((plane == 0 ? length.Luma! : length.Chroma!).Solve(cells[plane], BarePoints(canvas, plane)), plane, sums[plane]);
            results[i] = Finish(canvas, length.Cover, sums, _layouts is null ? at : 1, pool);
        }

        return results;
    }

    private static void Uncover(in EffectRegion region, byte[] covers, FramePool pool)
    {
        // White over black shows how much is covered.
        using var frame = pool.Rent(Side, Side);
        FrameCopies.Fill(frame, 16);
        new SolidEffect(RgbColor.White).Apply(frame, region);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                ref var cover = ref covers[y * Side + x];
                cover = Math.Min(cover, (byte)((frame.RowY(y)[x] - 16) * 255 / 219));
            }
    }

    private static VideoFrame Finish(VideoFrame canvas, byte[] cover, float[][] sums, int count, FramePool pool)
    {
        var result = FrameCopies.Of(canvas, pool);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                if (cover[y * Side + x] < Bare)
                    continue;
                result.RowY(y)[x] = ToByte(sums[0][y * Side + x] / count);
                result.RowU(y / 2)[x / 2] = ToByte(sums[1][y / 2 * (Side / 2) + x / 2] / count);
                result.RowV(y / 2)[x / 2] = ToByte(sums[2][y / 2 * (Side / 2) + x / 2] / count);
            }

        return result;

        static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
    }

    private static unsafe void AddUp(VideoFrame picture, int plane, float[] sums)
    {
        var (start, stride, scale) = CellLayout.Plane(picture, plane);
        var side = Side * scale / 2;
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                sums[y * side + x] += ((byte*)start)[y * stride + x];
    }

    /// <summary>The cells' values, read at their middles.</summary>
    private static unsafe void ReadCells(VideoFrame picture, int plane, CellLayout layout, bool smooth, List<float> cells)
    {
        var (start, stride, scale) = CellLayout.Plane(picture, plane);
        var (columns, rows) = (layout.Across.Length - 1, layout.Down.Length - 1);
        var values = new float[rows, columns];
        for (var j = 0; j < rows; j++)
            for (var i = 0; i < columns; i++)
                values[j, i] = ((byte*)start)[
                    (layout.Down[j] + layout.Down[j + 1]) * scale / 2 * stride + (layout.Across[i] + layout.Across[i + 1]) * scale / 2];
        if (smooth)
            Unmix(values);
        foreach (var value in values)
            cells.Add(value);
    }

    /// <summary>From what a spline shows at the cells' middles, an eighth of each neighbour, back to the cells.</summary>
    private static void Unmix(float[,] shown)
    {
        var (rows, columns) = (shown.GetLength(0), shown.GetLength(1));
        var cells = (float[,])shown.Clone();
        for (var round = 0; round < 60; round++)
            for (var j = 0; j < rows; j++)
                for (var i = 0; i < columns; i++)
                    cells[j, i] += shown[j, i] - Mixed(j, i);
        Array.Copy(cells, shown, shown.Length);

        float Mixed(int j, int i) => Line(Math.Max(j - 1, 0), i) / 8 + Line(j, i) * 0.75f + Line(Math.Min(j + 1, rows - 1), i) / 8;

        float Line(int j, int i) =>
            cells[j, Math.Max(i - 1, 0)] / 8 + cells[j, i] * 0.75f + cells[j, Math.Min(i + 1, columns - 1)] / 8;
    }

    private static float[] BarePoints(VideoFrame canvas, int plane)
    {
        var points = new float[CellSolver.Side * CellSolver.Side];
        for (var i = 0; i < points.Length; i++)
            points[i] = Pixels(i).Average(at => (float)Row(canvas, plane, at / Side)[plane == 0 ? at % Side : at % Side / 2]);
        return points;
    }

    private static Span<byte> Row(VideoFrame frame, int plane, int y) =>
        plane switch { 0 => frame.RowY(y), 1 => frame.RowU(y / 2), _ => frame.RowV(y / 2) };

    /// <summary>The pixels of a lattice point.</summary>
    private static IEnumerable<int> Pixels(int point)
    {
        var (left, top) = (CellSolver.Start + point % CellSolver.Side * CellSolver.Pitch, CellSolver.Start + point / CellSolver.Side * CellSolver.Pitch);
        for (var y = top; y < top + CellSolver.Pitch; y++)
            for (var x = left; x < left + CellSolver.Pitch; x++)
                yield return y * Side + x;
    }

    /// <summary>From the lattice to pixels, in straight lines.</summary>
    private static void DrawOut(float[] lattice, int plane, float[] pixels)
    {
        var half = plane == 0 ? 1f : 2f;
        var side = plane == 0 ? Side : Side / 2;
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (px, py) = (Place(x), Place(y));
                var (x0, y0) = ((int)px, (int)py);
                var (fx, fy) = (px - x0, py - y0);
                pixels[y * side + x] = (At(x0, y0) * (1 - fx) + At(x0 + 1, y0) * fx) * (1 - fy) +
                    (At(x0, y0 + 1) * (1 - fx) + At(x0 + 1, y0 + 1) * fx) * fy;
            }

        float Place(int pixel) =>
            Math.Clamp(((pixel + 0.5f) * half - CellSolver.Start) / CellSolver.Pitch - 0.5f, 0, CellSolver.Side - 1.001f);

        float At(int x, int y) => lattice[y * CellSolver.Side + x];
    }
}
