using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Reidentify;

/// <summary>
/// A yardstick that no policy can name: few cells, each the rounded mean of its pixels and moved by noise that stays for
/// the track's life, with a spline through them. In one picture that hides well; the film attack shows what it gives
/// back while the mask moves. Plain and slow.
/// </summary>
public sealed unsafe class NoisyCells(float cells, int noise) : IRegionEffect
{
    /// <summary>The strength at which it hides as well as the fill in one picture.</summary>
    public static NoisyCells Usual => new(2.64f, 27);

    /// <summary>How many cells the shorter side is cut into.</summary>
    public float CellsOnShorterSide => cells;

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden)
    {
        var layout = new CellLayout(region, cells);
        for (var plane = 0; plane < 3; plane++)
            Paint(frame, layout, plane, (int)region.Seed);
    }

    private void Paint(VideoFrame frame, CellLayout layout, int plane, int seed)
    {
        var (start, stride, scale) = CellLayout.Plane(frame, plane);
        var pixels = (byte*)start;
        var (across, down) = (layout.Across, layout.Down);
        var values = new float[down.Length - 1, across.Length - 1];
        var (step, reach, shift) = plane == 0 ? (16, noise, noise * 3 / 2) : (8, noise / 3, noise / 2);
        // Noise belongs to the cell's place and to nothing else.
        var random = new Random(HashCode.Combine(seed, plane));
        var common = random.Next(-shift, shift + 1);
        for (var j = 0; j < down.Length - 1; j++)
            for (var i = 0; i < across.Length - 1; i++)
            {
                long sum = 0, count = 0;
                for (var y = down[j] * scale; y < down[j + 1] * scale; y++)
                    for (var x = across[i] * scale; x < across[i + 1] * scale; x++, count++)
                        sum += pixels[y * stride + x];
                var coarse = ((int)(sum / count) + step / 2) / step * step;
                values[j, i] = Math.Clamp(coarse + common + random.Next(-reach, reach + 1), 16, 235);
            }

        var columns = new (int Cell, float Before, float Here, float After)[(across[^1] - across[0]) * scale];
        for (var x = 0; x < columns.Length; x++)
            columns[x] = Weights(across, across[0] * scale + x, scale);
        var line = new float[across.Length - 1];
        for (var y = down[0] * scale; y < down[^1] * scale; y++)
        {
            var (j, b0, b1, b2) = Weights(down, y, scale);
            for (var i = 0; i < line.Length; i++)
                line[i] = b0 * values[Math.Max(j - 1, 0), i] + b1 * values[j, i] + b2 * values[Math.Min(j + 1, down.Length - 2), i];
            for (var x = 0; x < columns.Length; x++)
            {
                var at = y * stride + across[0] * scale + x;
                var cover = Cover(layout, across[0] * scale + x, y, scale);
                var (i, a0, a1, a2) = columns[x];
                var over = a0 * line[Math.Max(i - 1, 0)] + a1 * line[i] + a2 * line[Math.Min(i + 1, line.Length - 1)];
                if (cover > 0)
                    pixels[at] = (byte)(pixels[at] * (1 - cover) + over * cover + 0.5f);
            }
        }
    }

    /// <summary>A chroma sample takes the most that any of its four pixels is covered.</summary>
    private static float Cover(CellLayout layout, int x, int y, int scale) => scale == 2
        ? layout.CoverAt(x + 0.5f, y + 0.5f)
        : MathF.Max(
            MathF.Max(layout.CoverAt(2 * x + 0.5f, 2 * y + 0.5f), layout.CoverAt(2 * x + 1.5f, 2 * y + 0.5f)),
            MathF.Max(layout.CoverAt(2 * x + 0.5f, 2 * y + 1.5f), layout.CoverAt(2 * x + 1.5f, 2 * y + 1.5f)));

    private static (int Cell, float Before, float Here, float After) Weights(int[] edges, int at, int scale)
    {
        var cell = 0;
        while (edges[cell + 1] * scale <= at)
            cell++;
        var t = (at - edges[cell] * scale + 0.5f) / ((edges[cell + 1] - edges[cell]) * scale);
        var (before, after) = (0.5f * (1 - t) * (1 - t), 0.5f * t * t);
        return (cell, before, 1 - before - after, after);
    }
}
