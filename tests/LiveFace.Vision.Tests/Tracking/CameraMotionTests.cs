using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Clips;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Tracking;

public sealed class CameraMotionTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly PatternScene _scene = new(11);
    private readonly CameraMotion _motion = new();

    private LumaPyramid Picture(Func<float, float, (float X, float Y)> from, int width = 640, int height = 480)
    {
        using var frame = _pool.Rent(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (u, v) = from(x, y);
                frame.RowY(y)[x] = (byte)_scene.At(u * 0.4f, v * 0.4f);
            }

        var pyramid = new LumaPyramid();
        pyramid.Read(frame);
        return pyramid;
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    [InlineData(17.5f, 9)]
    [InlineData(-60, 35)]
    public void A_shift_is_found_to_a_fraction_of_a_pixel(float dx, float dy)
    {
        var shift = _motion.Estimate(Picture((x, y) => (x, y)), Picture((x, y) => (x - dx, y - dy)), cutOnly: false);
        _motion.Cut.ShouldBeFalse();
        shift.Apply(320, 240).X.ShouldBe(320 + dx, 0.6);
        shift.Apply(320, 240).Y.ShouldBe(240 + dy, 0.6);
        shift.Scale.ShouldBe(1, 0.004);
    }

    [Fact]
    public void A_zoom_around_the_middle_is_found()
    {
        const float zoom = 1.03f;
        var shift = _motion.Estimate(
            Picture((x, y) => (x, y)), Picture((x, y) => (320 + (x - 320) / zoom, 240 + (y - 240) / zoom)), cutOnly: false);
        shift.Scale.ShouldBe(zoom, 0.005);
        shift.Apply(320, 240).X.ShouldBe(320, 1);
        shift.Apply(620, 240).X.ShouldBe(320 + 300 * zoom, 1.5);
    }

    [Fact]
    public void A_thing_that_moves_does_not_pass_for_the_camera()
    {
        var back = Picture((x, y) => x is > 200 and < 400 && y is > 100 and < 300 ? (x + 900, y) : (x, y));
        var moved = Picture((x, y) => x is > 210 and < 410 && y is > 100 and < 300 ? (x + 890, y) : (x, y));
        var shift = _motion.Estimate(back, moved, cutOnly: false);
        shift.Apply(320, 240).X.ShouldBe(320, 0.6);
    }

    [Fact]
    public void An_empty_picture_says_nothing()
    {
        using var frame = _pool.Rent(320, 240);
        FrameCopy.Fill(frame, 100, 128, 128);
        var flat = new LumaPyramid();
        flat.Read(frame);
        _motion.Estimate(flat, flat, cutOnly: false).ShouldBe(CameraShift.None);
        _motion.Cut.ShouldBeFalse();
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(7, 301)]
    [InlineData(33, 17)]
    [InlineData(641, 479)]
    [InlineData(1920, 1080)]
    public void Pictures_of_any_size_are_taken(int width, int height)
    {
        using var frame = _pool.Rent(width, height);
        FrameCopy.Fill(frame, 100, 128, 128);
        var tracker = new Tracker();
        for (var i = 0; i < 3; i++)
        {
            tracker.Predict(frame, TimeSpan.FromMilliseconds(33 * i));
            tracker.Keep();
            tracker.Update([new(new(0, 0, width, height), 0, 0.9f)], 0.6f, TimeSpan.FromMilliseconds(33 * i));
        }

        tracker.Tracks.Length.ShouldBe(1);
    }

    public void Dispose() => _pool.Dispose();
}
