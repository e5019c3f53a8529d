using System.Numerics;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>Pictures that are sampled through a matrix.</summary>
public sealed class TensorMatrixTests : FramePoolTestBase
{
    [Theory]
    [InlineData(TensorChannels.Rgb, TensorLayout.Nchw)]
    [InlineData(TensorChannels.Grey, TensorLayout.Nhwc)]
    public void A_matrix_that_only_scales_and_moves_makes_what_a_region_makes(TensorChannels channels, TensorLayout layout)
    {
        using var frame = RandomPictures.Waves(_pool, 201, 155, 0);
        var format = new TensorFormat(41, 23) { Channels = channels, Layout = layout };
        var region = new PictureRegion(-8, 31.5, 123, 92);
        float[] straight = new float[format.Length], turned = new float[format.Length];
        var sampler = new TensorSampler(format);
        sampler.Sample(frame, region, straight);
        var matrix = Matrix3x2.CreateScale(123f / 41, 92f / 23) * Matrix3x2.CreateTranslation(-8, 31.5f);
        sampler.Sample(frame, matrix, turned);
        for (var i = 0; i < straight.Length; i++)
            (Math.Abs(straight[i] - turned[i]) < PlainTensor.Tolerance).ShouldBeTrue($"{i}: {turned[i]} for {straight[i]}");
    }

    [Fact]
    public void A_matrix_that_turns_makes_what_a_turned_picture_makes()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        using var upright = _pool.Rent(48, 64);
        FrameRotation.Rotate(frame, QuarterTurns.Clockwise, upright);
        var sampler = new TensorSampler(new TensorFormat(48, 64));
        float[] expected = new float[sampler.Format.Length], turned = new float[sampler.Format.Length];
        sampler.Sample(upright, expected);
        // The column of the turned picture is the row of the other, from below.
        sampler.Sample(frame, new Matrix3x2(0, -1, 1, 0, 0, 48), turned);
        for (var i = 0; i < expected.Length; i++)
            (Math.Abs(expected[i] - turned[i]) < PlainTensor.Tolerance).ShouldBeTrue($"{i}: {turned[i]} for {expected[i]}");
    }

    [Fact]
    public void A_matrix_that_leads_nowhere_stays_inside_the_picture()
    {
        using var frame = RandomPictures.Waves(_pool, 64, 48, 0);
        var sampler = new TensorSampler(new TensorFormat(8, 8));
        var tensor = new float[sampler.Format.Length];
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, 1e30f, -1e30f })
        {
            sampler.Sample(frame, new Matrix3x2(value, 0, 0, 1, 0, 0), tensor);
            sampler.Sample(frame, new Matrix3x2(1, 0, 0, 1, value, value), tensor);
            tensor.ShouldAllBe(v => v >= 0 && v <= 255);
        }
    }
}
