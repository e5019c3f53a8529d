using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

public class SoftBlurEffectTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    public void It_looks_like_the_gaussian_it_stands_for(int strength)
    {
        const int Size = 400;
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, Size, Size, 0, 128, 128);
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
                frame.RowY(y)[x] = (byte)(128 + 60 * Math.Sin(x / 19.0) * Math.Cos(y / 23.0) + (x / 50 % 2 == 0 ? 40 : -40));
        var before = TestFrame.Luma(frame);

        new SoftBlurEffect(strength).Apply(frame, new EffectRegion(new PixelRect(0, 0, Size, Size)));

        var wanted = Gaussian(before, 0.01 * Math.Pow(10, strength / 100.0) * Size);
        double error = 0;
        var count = 0;
        for (var y = 80; y < Size - 80; y++)
            for (var x = 80; x < Size - 80; x++, count++)
                error += Math.Pow(frame.RowY(y)[x] - wanted[y, x], 2);
        (10 * Math.Log10(255 * 255 / (error / count))).ShouldBeGreaterThan(36);
    }

    [Fact]
    public void More_strength_leaves_less_detail()
    {
        using var pool = new FramePool();
        var last = double.MaxValue;
        for (var strength = 0; strength <= 100; strength += 20)
        {
            using var frame = TestFrame.Noise(pool, 300, 300);
            new SoftBlurEffect(strength).Apply(frame, new EffectRegion(new PixelRect(0, 0, 300, 300)));
            double sum = 0;
            for (var y = 0; y < 300; y++)
                for (var x = 1; x < 300; x++)
                    sum += Math.Abs(frame.RowY(y)[x] - frame.RowY(y)[x - 1]);
            sum.ShouldBeLessThan(last);
            last = sum;
        }
    }

    private static double[,] Gaussian(byte[,] source, double deviation)
    {
        var reach = (int)(deviation * 4);
        var weights = Enumerable.Range(-reach, 2 * reach + 1).Select(i => Math.Exp(-i * i / (2 * deviation * deviation))).ToArray();
        var total = weights.Sum();
        var (height, width) = (source.GetLength(0), source.GetLength(1));
        var across = new double[height, width];
        var result = new double[height, width];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var i = -reach; i <= reach; i++)
                    across[y, x] += source[y, Math.Clamp(x + i, 0, width - 1)] * weights[i + reach] / total;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var i = -reach; i <= reach; i++)
                    result[y, x] += across[Math.Clamp(y + i, 0, height - 1), x] * weights[i + reach] / total;
        return result;
    }
}
