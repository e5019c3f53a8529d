using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Which blocks of a picture regions touch.</summary>
public sealed class HiddenBlocksTests : IDisposable
{
    private readonly FramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void A_hidden_block_is_every_block_that_a_region_touches_and_no_block_far_from_it()
    {
        var random = new Random(5);
        var hidden = new HiddenBlocks();
        var mask = new AlphaMask(6, 5);
        for (var round = 0; round < 200; round++)
        {
            random.NextBytes(mask.Pixels);
            foreach (ref var point in mask.Pixels)
                point = random.Next(2) == 0 ? (byte)0 : random.Next(2) == 0 ? (byte)255 : point;
            var region = new EffectRegion(
                new PixelRect(random.Next(-40, 150), random.Next(-40, 100), random.Next(1, 150), random.Next(1, 150)),
                (RegionShape)random.Next(4), random.Next(2) * 0.1f, mask);
            using var frame = TestFrame.Flat(_pool, 173, 131, 0, 128, 128);
            var cover = RegionCover.Of(_pool, 173, 131, region);
            hidden.Begin(frame);
            hidden.Add(frame, region);

            for (var row = 0; row < hidden.Down; row++)
                for (var column = 0; column < hidden.Across; column++)
                {
                    var (touched, near) = (false, false);
                    for (var y = row * 8 - 3; y < row * 8 + 11; y++)
                        for (var x = column * 8 - 3; x < column * 8 + 11; x++)
                        {
                            var covered = x >= 0 && y >= 0 && x < 173 && y < 131 && cover[y, x] > 0;
                            touched |= covered && x / 8 == column && y / 8 == row;
                            near |= covered;
                        }

                    if (touched)
                        hidden.Row(row)[column].ShouldNotBe((byte)0, $"{region} block {column},{row}");
                    if (!near && region.Shape is RegionShape.Box or RegionShape.Ellipse && region.Feather == 0)
                        hidden.Row(row)[column].ShouldBe((byte)0, $"{region} block {column},{row}");
                }
        }
    }
}
