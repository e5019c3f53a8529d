using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class PlaneHalvingTests
{
    [Fact]
    public void Every_pixel_of_a_row_is_the_rounded_mean_of_its_four()
    {
        var random = new Random(3);
        for (var count = 0; count < 150; count++)
        {
            byte[] upper = new byte[2 * count + random.Next(2)], lower = new byte[2 * count + random.Next(2)], row = new byte[count + 1];
            random.NextBytes(upper);
            random.NextBytes(lower);
            row[count] = 77;
            PlaneHalving.Row(upper, lower, row.AsSpan(0, count));
            for (var x = 0; x < count; x++)
                row[x].ShouldBe((byte)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4), $"{x} of {count}");
            row[count].ShouldBe((byte)77);
        }
    }

    [Fact]
    public void A_row_that_is_too_short_for_its_half_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => PlaneHalving.Row(new byte[7], new byte[8], new byte[4]));
        Should.Throw<ArgumentOutOfRangeException>(() => PlaneHalving.Row(new byte[8], new byte[7], new byte[4]));
    }
}
