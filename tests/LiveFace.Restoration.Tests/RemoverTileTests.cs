using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Tests;

/// <summary>Tiles reach every pixel and meet without a step.</summary>
public sealed class RemoverTileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tiles_meet_without_a_step()
    {
        using var rig = await RemoverRig.OpenAsync(MarkModels.Means());
        using var frame = rig.Pool.Rent(1300, 900);
        for (var y = 0; y < 900; y++)
            for (var x = 0; x < 1300; x++)
                frame.RowY(y)[x] = (byte)(20 + (x + y) / 12);
        RemoverRig.Grey(frame);
        var mask = rig.Remover.Look(frame, Cancel).Mask;
        var largest = 0;
        for (var y = 1; y < 900; y++)
            for (var x = 1; x < 1300; x++)
                largest = Math.Max(largest, Math.Max(
                    Math.Abs(mask[y * 1300 + x] - mask[y * 1300 + x - 1]), Math.Abs(mask[y * 1300 + x] - mask[(y - 1) * 1300 + x])));
        // The means of neighbouring tiles lie 39 apart; on the way from one to the other no step is seen.
        (mask[800 * 1300 + 1250] - mask[100 * 1300 + 100]).ShouldBeGreaterThan(60);
        largest.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Tiles_reach_every_pixel_and_share_enough_with_their_neighbours()
    {
        for (var length = 1; length < 5000; length += 7)
        {
            var (starts, side) = (TileAxis.Starts(length), TileAxis.SideFor(length));
            (side % 16).ShouldBe(0);
            starts[0].ShouldBe(0);
            (starts[^1] + side).ShouldBeGreaterThanOrEqualTo(length);
            for (var i = 1; i < starts.Length; i++)
                (starts[i - 1] + side - starts[i]).ShouldBeGreaterThanOrEqualTo(TileAxis.Overlap - 1);
            for (var at = 0; at < side + 3; at++)
                TileAxis.Mirrored(at, length).ShouldBeInRange(0, length - 1);
        }
    }
}
