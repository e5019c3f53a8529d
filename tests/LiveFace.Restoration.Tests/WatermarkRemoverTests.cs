namespace LiveFace.Restoration.Tests;

/// <summary>Tiles, seams and what is written back, with nets whose answers are known.</summary>
public sealed class WatermarkRemoverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(13, 7)]
    [InlineData(5, 300)]
    [InlineData(511, 17)]
    [InlineData(512, 512)]
    [InlineData(513, 1023)]
    [InlineData(1400, 700)]
    public async Task A_mark_goes_from_a_picture_of_any_size_and_nothing_else_changes(int width, int height)
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Red());
        using var frame = rig.Scene(width, height, marked: true, out var marks);
        using var bare = rig.Scene(width, height, marked: false, out _);
        var look = rig.Remover.Remove(frame, Cancel);
        look.Mask.Count(value => value >= MarkLook.Marked).ShouldBe(marks);
        long left = 0, moved = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var off = Math.Abs(frame.RowY(y)[x] - bare.RowY(y)[x]);
                if (look.Mask[y * width + x] == 0)
                    off.ShouldBe(0, $"{x},{y}");
                else
                    (left, moved) = (left + off, moved + Math.Abs(RemoverRig.Marked(bare.RowY(y)[x]) - bare.RowY(y)[x]));
            }

        // In the smallest pictures there is too little to read a mark off.
        if (width * height < 100_000)
            return;
        look.Found!.Value.Opacity.ShouldBe(0.5, 0.04);
        (left / (double)moved).ShouldBeLessThan(0.25);
    }

    [Fact]
    public async Task A_red_thing_in_the_picture_that_is_none_of_the_mark_stays()
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Red());
        using var frame = rig.Scene(640, 480, marked: true, out _);
        // Far from the mark's lines, brighter than what it could make of these greys, and with the colours that it has.
        for (var y = 20; y < 90; y++)
            frame.RowY(y).Slice(380, 60).Fill(150);
        for (var y = 10; y < 45; y++)
        {
            frame.RowU(y).Slice(190, 30).Fill(100);
            frame.RowV(y).Slice(190, 30).Fill(200);
        }

        var look = rig.Remover.Remove(frame, Cancel);
        look.Found!.Value.Opacity.ShouldBe(0.5, 0.04);
        ((int)frame.RowY(60)[436]).ShouldBeInRange(148, 152);
        look.Mask[60 * 640 + 436].ShouldBeLessThan((byte)MarkLook.Marked);
        look.Mask[240 * 640 + 14].ShouldBe((byte)255, "the mark itself is kept");
    }

    [Fact]
    public async Task A_picture_without_a_mark_stays_to_the_bit()
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Red());
        using var frame = rig.Scene(700, 530, marked: false, out _);
        using var bare = rig.Scene(700, 530, marked: false, out _);
        var look = rig.Remover.Remove(frame, Cancel);
        look.IsEmpty.ShouldBeTrue();
        look.Measures.Confidence.ShouldBeNull();
        for (var y = 0; y < 530; y++)
            frame.RowY(y).SequenceEqual(bare.RowY(y)).ShouldBeTrue($"row {y}");
        for (var y = 0; y < 265; y++)
            (frame.RowU(y).SequenceEqual(bare.RowU(y)) && frame.RowV(y).SequenceEqual(bare.RowV(y))).ShouldBeTrue($"chroma {y}");
    }

    [Fact]
    public async Task Measures_are_those_of_the_card()
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Red());
        using var frame = rig.Scene(640, 400, marked: true, out var marks);
        var measures = rig.Remover.Look(frame, Cancel).Measures;
        measures.MaskShare.ShouldBe(marks / (640.0 * 400), 1e-9);
        measures.Confidence!.Value.ShouldBe(1, 0.01);
        // Half of the way from a grey of about 104 to (254, 0, 0) is taken back.
        measures.ResidualEnergy!.Value.ShouldBe(61, 4);
        measures.Size.ShouldBe(Math.Sqrt(640 * 400), 1e-9);
        measures.Brightness.ShouldBeInRange(60, 140);
        measures.Sharpness.ShouldBeGreaterThan(1);
    }
}
