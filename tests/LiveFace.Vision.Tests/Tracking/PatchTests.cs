using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Tracking;

public sealed class PatchTests
{
    private const int Width = 67;
    private const int Height = 59;

    public static TheoryData<string> Switches => OlderProcessor.Switches;

    [Fact]
    public void Every_patch_differs_from_every_place_by_what_its_pixels_do()
    {
        using var pool = new FramePool();
        LumaPyramid a = Noise(pool, 1), b = Noise(pool, 2);
        var random = new Random(4);
        Span<byte> memory = new byte[Patch.BytesOf(40, 40)];
        for (var round = 0; round < 400; round++)
        {
            var (width, height) = (1 + random.Next(40), 1 + random.Next(40));
            // The last place of all is among them: it reaches to the picture's end.
            var (from, to) = (Place(width, height), round % 5 == 0 ? (Height - height) * Width + Width - width : Place(width, height));
            var patch = new Patch(a.Readable(0), from, Width, width, height, memory);
            var expected = Plain(a.Plane(0)[from..], b.Plane(0)[to..], width, height);
            patch.Difference(b.Readable(0), to, int.MaxValue).ShouldBe(expected, $"{width}x{height}");
            patch.Difference(b.Readable(0), to, expected + 1).ShouldBe(expected, $"{width}x{height}");
            patch.Difference(b.Readable(0), to, expected / 2).ShouldBeInRange(expected / 2, expected, $"{width}x{height}");
            patch.Texture().ShouldBe(PlainTexture(a.Plane(0)[from..], width, height), $"{width}x{height}");
        }

        int Place(int width, int height) => random.Next(Height - height + 1) * Width + random.Next(Width - width + 1);
    }

    [Fact]
    public void A_place_that_reaches_over_the_picture_is_refused()
    {
        using var pool = new FramePool();
        var picture = Noise(pool, 1);
        Should.Throw<ArgumentOutOfRangeException>(() => At(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => At((Height - 6) * Width));

        int At(int place) => new Patch(picture.Readable(0), 0, Width, 8, 8, new byte[Patch.BytesOf(8, 8)]).Difference(picture.Readable(0), place, 1);
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public Task Patches_are_the_same_without_newer_instructions(string switchedOff) => OlderProcessor.RunAsync(
        switchedOff, 1, ["LiveFace.Vision.Tests.Tracking.PatchTests.Every*"], TestContext.Current.CancellationToken);

    private static LumaPyramid Noise(FramePool pool, int seed)
    {
        using var frame = pool.Rent(Width, Height);
        var random = new Random(seed);
        for (var row = 0; row < Height; row++)
            random.NextBytes(frame.RowY(row));
        var picture = new LumaPyramid();
        picture.Read(frame);
        return picture;
    }

    private static int Plain(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height)
    {
        var sum = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                sum += Math.Abs(a[y * Width + x] - b[y * Width + x]);
        return sum;
    }

    private static int PlainTexture(ReadOnlySpan<byte> a, int width, int height)
    {
        int sum = 0, apart = 0;
        for (var i = 0; i < width * height; i++)
            sum += a[i / width * Width + i % width];
        var mean = sum / (width * height);
        for (var i = 0; i < width * height; i++)
            apart += Math.Abs(a[i / width * Width + i % width] - mean);
        return apart / (width * height);
    }
}
