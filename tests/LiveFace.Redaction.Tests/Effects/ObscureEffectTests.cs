using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;

namespace LiveFace.Redaction.Tests.Effects;

public class ObscureEffectTests
{
    private static readonly PixelRect Face = new(40, 30, 120, 150);

    [Fact]
    public void Faces_whose_cells_have_the_same_means_come_out_alike_to_the_last_bit()
    {
        // All that tells the two pictures apart lies within cells, so nothing of it may come through.
        using var pool = new FramePool();
        using var plain = TestFrame.Flat(pool, 200, 200, 120, 110, 140);
        using var striped = TestFrame.Flat(pool, 200, 200, 120, 110, 140);
        for (var y = 0; y < 200; y++)
            for (var x = 0; x < 200; x++)
                striped.RowY(y)[x] = (byte)(120 + ((x ^ y) % 2 == 0 ? 60 : -60));

        new ObscureEffect().Apply(plain, new EffectRegion(Face, Seed: 4));
        new ObscureEffect().Apply(striped, new EffectRegion(Face, Seed: 4));

        for (var y = Face.Y; y < Face.Bottom; y++)
            striped.RowY(y)[Face.X..Face.Right].SequenceEqual(plain.RowY(y)[Face.X..Face.Right]).ShouldBeTrue();
    }

    [Fact]
    public void Another_seed_gives_other_noise()
    {
        using var pool = new FramePool();
        using var first = TestFrame.Flat(pool, 200, 200, 120, 110, 140);
        using var second = TestFrame.Flat(pool, 200, 200, 120, 110, 140);

        new ObscureEffect().Apply(first, new EffectRegion(Face, Seed: 4));
        new ObscureEffect().Apply(second, new EffectRegion(Face, Seed: 5));

        TestFrame.Luma(first).ShouldNotBe(TestFrame.Luma(second));
    }

    [Fact]
    public void More_strength_leaves_fewer_cells_at_every_size()
    {
        for (var strength = 1; strength <= 100; strength++)
            ObscureEffect.CellsAt(strength).ShouldBeLessThan(ObscureEffect.CellsAt(strength - 1));
        ObscureEffect.CellsAt(-5).ShouldBe(ObscureEffect.CellsAt(0));
        ObscureEffect.CellsAt(500).ShouldBe(ObscureEffect.CellsAt(100));
    }

    [Fact]
    public void The_surface_has_no_hard_steps()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 300, 300);

        new ObscureEffect().Apply(frame, new EffectRegion(new PixelRect(20, 20, 240, 240), Seed: 1));

        for (var y = 20; y < 260; y++)
            for (var x = 21; x < 260; x++)
                Math.Abs(frame.RowY(y)[x] - frame.RowY(y)[x - 1]).ShouldBeLessThan(8);
    }
}
