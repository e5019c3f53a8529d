using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// Which face a hidden pixel belongs to: the nearest in terms of that face's size, up to a face's size beyond its box. What
/// lies near an ignored region belongs to nobody, and all else is hidden falsely.
/// </summary>
internal sealed class TruthMap
{
    private const sbyte Elsewhere = FaceSizes.Count;
    private const sbyte Nobody = -1;
    private const float Reach = 1.5f;
    private const float IgnoredReach = 1f;

    private readonly int _width;
    private readonly int _height;
    private readonly sbyte[] _owner;
    private readonly float[] _distance;

    public TruthMap(int width, int height, ReadOnlySpan<FaceTruth> faces, ReadOnlySpan<BoxF> ignored)
    {
        (_width, _height) = (width, height);
        _owner = new sbyte[width * height];
        _distance = new float[width * height];
        Array.Fill(_owner, Elsewhere);
        Array.Fill(_distance, float.MaxValue);
        foreach (ref readonly var face in faces)
        {
            var size = FaceSizes.Of(face);
            Claim(face.X, face.Y, face.Width, face.Height, size < 0 ? IgnoredReach : Reach, (sbyte)size);
        }

        foreach (ref readonly var box in ignored)
            Claim(box.CentreX, box.CentreY, box.Width, box.Height, IgnoredReach, Nobody);
    }

    /// <summary>Adds the hidden area to that of each size of face; the last is what is hidden elsewhere.</summary>
    public void Sum(ReadOnlySpan<byte> coverage, Span<double> areas)
    {
        Span<long> sums = stackalloc long[FaceSizes.Count + 1];
        for (var i = 0; i < coverage.Length; i++)
            if (coverage[i] > 0 && _owner[i] >= 0)
                sums[_owner[i]] += coverage[i];
        for (var i = 0; i < sums.Length; i++)
            areas[i] += sums[i] / 255.0;
    }

    private void Claim(float x, float y, float width, float height, float reach, sbyte owner)
    {
        var (left, right) = (Math.Max(0, (int)(x - reach * width)), Math.Min(_width - 1, (int)(x + reach * width)));
        var (top, bottom) = (Math.Max(0, (int)(y - reach * height)), Math.Min(_height - 1, (int)(y + reach * height)));
        for (var py = top; py <= bottom; py++)
        {
            var down = MathF.Abs(py + 0.5f - y) / height;
            for (var px = left; px <= right; px++)
            {
                var distance = MathF.Max(down, MathF.Abs(px + 0.5f - x) / width);
                ref var nearest = ref _distance[py * _width + px];
                if (distance >= nearest || distance > reach)
                    continue;
                nearest = distance;
                _owner[py * _width + px] = owner;
            }
        }
    }
}
