using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>What sampling makes no garbage for, and what it refuses.</summary>
public sealed class TensorSamplerLimitTests : FramePoolTestBase
{
    [Fact]
    public void A_sampler_that_has_seen_its_sizes_allocates_nothing()
    {
        using var large = RandomPictures.Waves(_pool, 640, 480, 0);
        using var small = RandomPictures.Waves(_pool, 320, 180, 1);
        var format = new TensorFormat(320, 240) { Fit = TensorFit.LetterboxTopLeft, Filter = ResampleFilter.Area };
        var sampler = new TensorSampler(format);
        var tensor = new float[format.Length];
        Steady();

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            Steady();
        ThreadAllocations.Since(before).ShouldBe(0);

        void Steady()
        {
            sampler.Sample(large, tensor);
            sampler.Sample(large, new PictureRegion(13, 7, 200, 150), tensor);
            sampler.Sample(small, tensor);
        }
    }

    [Fact]
    public void A_region_or_a_buffer_that_makes_no_sense_is_refused()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        var format = new TensorFormat(8, 8);
        var sampler = new TensorSampler(format);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(frame, new PictureRegion(0, 0, 0, 5), new float[format.Length]));
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(frame, new PictureRegion(double.NaN, 0, 5, 5), new float[format.Length]));
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(frame, new PictureRegion(0, 0, 1e9, 5), new float[format.Length]));
        Should.Throw<ArgumentException>(() => sampler.Sample(frame, new float[format.Length - 1]));
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorSampler(new TensorFormat(0, 8)));
    }
}
