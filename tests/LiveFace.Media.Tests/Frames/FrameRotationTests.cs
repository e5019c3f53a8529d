using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class FrameRotationTests : FramePoolTestBase
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 37)]
    [InlineData(16, 8)]
    [InlineData(131, 77)]
    [InlineData(640, 480)]
    public void Each_pixel_lands_where_the_turn_puts_it(int width, int height)
    {
        using var source = RandomPictures.Noise(_pool, width, height, new Random(width * height));
        foreach (var turns in Enum.GetValues<QuarterTurns>())
        {
            var (toWidth, toHeight) = FrameRotation.SizeAfter(width, height, turns);
            using var turned = _pool.Rent(toWidth, toHeight);
            FrameRotation.Rotate(source, turns, turned);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var (tx, ty) = Where(x, y, width, height, turns);
                    (turned.RowY(ty)[tx] == source.RowY(y)[x]).ShouldBeTrue($"{turns} luma {x},{y}");
                }
            }

            for (var y = 0; y < source.ChromaHeight; y++)
            {
                for (var x = 0; x < source.ChromaWidth; x++)
                {
                    var (tx, ty) = Where(x, y, source.ChromaWidth, source.ChromaHeight, turns);
                    (turned.RowU(ty)[tx] == source.RowU(y)[x]).ShouldBeTrue($"{turns} U {x},{y}");
                    (turned.RowV(ty)[tx] == source.RowV(y)[x]).ShouldBeTrue($"{turns} V {x},{y}");
                }
            }
        }
    }

    [Fact]
    public void Four_quarter_turns_are_none()
    {
        using var source = RandomPictures.Noise(_pool, 51, 90, new Random(1));
        using var a = _pool.Rent(90, 51);
        using var b = _pool.Rent(51, 90);
        FrameRotation.Rotate(source, QuarterTurns.Clockwise, a);
        FrameRotation.Rotate(a, QuarterTurns.CounterClockwise, b);
        FramePixels.SamePixels(source, b);
    }

    [Theory]
    [InlineData(0, QuarterTurns.None)]
    [InlineData(-90, QuarterTurns.CounterClockwise)]
    [InlineData(450, QuarterTurns.Clockwise)]
    [InlineData(180, QuarterTurns.Half)]
    public void Degrees_of_right_angles_are_turns(int degrees, QuarterTurns turns) =>
        FrameRotation.FromDegrees(degrees).ShouldBe(turns);

    [Fact]
    public void Other_degrees_and_wrong_sizes_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => FrameRotation.FromDegrees(45));
        using var source = _pool.Rent(20, 10);
        using var same = _pool.Rent(20, 10);
        Should.Throw<ArgumentException>(() => FrameRotation.Rotate(source, QuarterTurns.Clockwise, same));
    }

    private static (int X, int Y) Where(int x, int y, int width, int height, QuarterTurns turns) => turns switch
    {
        QuarterTurns.Clockwise => (height - 1 - y, x),
        QuarterTurns.Half => (width - 1 - x, height - 1 - y),
        QuarterTurns.CounterClockwise => (y, width - 1 - x),
        _ => (x, y),
    };
}
