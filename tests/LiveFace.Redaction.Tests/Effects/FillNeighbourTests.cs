using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>What covers in part, and neighbours that touch.</summary>
public sealed class FillNeighbourTests : FillTestBase
{
    [Theory]
    [MemberData(nameof(Filling))]
    public void What_a_soft_edge_covers_in_part_goes_into_no_other_point(EffectKind kind)
    {
        var random = new Random(2);
        for (var round = 0; round < 60; round++)
        {
            var region = new EffectRegion(
                new PixelRect(random.Next(0, 100), random.Next(0, 80), random.Next(20, 120), random.Next(20, 120)),
                RegionShape.Ellipse, 0.2f, Seed: 4);
            var cover = RegionCover.Of(_pool, 220, 180, region);
            using var first = TestFrame.Noise(_pool, 220, 180, round);
            using var second = TestFrame.Noise(_pool, 220, 180, round);
            Replace(second, cover, from: 1, random);

            Make(kind).Apply(first, region);
            Make(kind).Apply(second, region);

            for (var y = 0; y < 180; y++)
                for (var x = 0; x < 220; x++)
                    if (cover[y, x] is 0 or 255)
                        second.RowY(y)[x].ShouldBe(first.RowY(y)[x], $"{region} at {x},{y}");
        }
    }

    [Theory]
    [MemberData(nameof(Filling))]
    public void Neighbours_that_touch_or_overlap_are_never_filled_with_one_another(EffectKind kind)
    {
        var random = new Random(3);
        var hidden = new HiddenBlocks();
        for (var round = 0; round < 100; round++)
        {
            var regions = new EffectRegion[random.Next(2, 6)];
            var cover = new byte[180, 240];
            for (var i = 0; i < regions.Length; i++)
            {
                regions[i] = new EffectRegion(
                    new PixelRect(random.Next(20, 160), random.Next(10, 120), random.Next(8, 70), random.Next(8, 70)),
                    random.Next(2) == 0 ? RegionShape.Ellipse : RegionShape.Box, 0.08f, Seed: (uint)i);
                var own = RegionCover.Of(_pool, 240, 180, regions[i]);
                for (var y = 0; y < 180; y++)
                    for (var x = 0; x < 240; x++)
                        cover[y, x] = Math.Max(cover[y, x], own[y, x]);
            }

            using var first = TestFrame.Noise(_pool, 240, 180, round);
            using var second = TestFrame.Noise(_pool, 240, 180, round);
            Replace(second, cover, from: 255, random);
            HideAll(first);
            HideAll(second);

            ShouldBeSame(second, first, $"round {round}");

            void HideAll(VideoFrame frame)
            {
                hidden.Begin(frame);
                foreach (var region in regions)
                    hidden.Add(frame, region);
                foreach (var region in regions)
                    Make(kind).Apply(frame, region, hidden);
            }
        }
    }
}
