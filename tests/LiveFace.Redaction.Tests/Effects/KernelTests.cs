using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Kernels take many points at a time, and rows are of any width: each point has to come to what one alone does.</summary>
public sealed class KernelTests
{
    [Fact]
    public void Every_point_of_an_oval_is_covered_as_the_formula_says_whatever_the_row()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var row = new byte[random.Next(1, 120)];
            random.NextBytes(row);
            var (halfWidth, halfHeight) = (random.Next(1, 80) * 0.7f, random.Next(1, 80) * 0.7f);
            var (first, y) = (random.Next(-140, 40) + 0.5f, random.Next(-100, 100) + 0.5f);
            var feather = random.Next(3) * 6f;
            Superellipse.Cover(row, first, y, halfWidth, halfHeight, feather);

            var soft = Math.Max(feather, 0.5) / Math.Min(halfWidth, halfHeight);
            for (var x = 0; x < row.Length; x++)
            {
                var radius = Math.Pow(Math.Pow((first + x) / halfWidth, 4) + Math.Pow(y / halfHeight, 4), 0.25);
                ((double)row[x]).ShouldBe(Math.Clamp(255 - (radius - 1) / soft * 255, 0, 255), 1.5);
                if (radius < 1 - 1e-4)
                    row[x].ShouldBe((byte)255);
            }
        }
    }

    [Fact]
    public unsafe void Blending_gives_each_point_its_share_and_leaves_what_is_beside_the_row_alone()
    {
        const int most = 140;
        var random = new Random(2);
        var (before, over, alpha) = (new byte[most + 32], new byte[most + 32], new byte[most + 32]);
        for (var width = 1; width <= most; width++)
        {
            random.NextBytes(before);
            random.NextBytes(over);
            random.NextBytes(alpha);
            alpha.AsSpan(width / 2, width / 4).Fill(255);
            var target = before.ToArray();
            fixed (byte* t = target, o = over, a = alpha)
                Blend.Row(t, o, a, width);

            for (var x = 0; x < width; x++)
                ((double)target[x]).ShouldBe((before[x] * (255 - alpha[x]) + over[x] * alpha[x]) / 255.0, 0.51);
            target.AsSpan(width).SequenceEqual(before.AsSpan(width)).ShouldBeTrue();
        }
    }
}
