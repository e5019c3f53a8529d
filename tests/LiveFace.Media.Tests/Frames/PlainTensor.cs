using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>The plain version of sampling, which everything fast is held to.</summary>
internal static class PlainTensor
{
    /// <summary>The most that fixed-point mixing may differ from the plain version, in levels of 0 to 255, in colour.</summary>
    public const double Tolerance = 0.6;

    public static void Check(VideoFrame frame, PictureRegion region, TensorFormat format, int everyNth = 1)
    {
        var tensor = new float[format.Length + 8];
        Array.Fill(tensor, float.NaN);
        var mapping = new TensorSampler(format).Sample(frame, region, tensor);
        tensor.AsSpan(format.Length).ToArray().ShouldAllBe(v => float.IsNaN(v));

        var content = Content(region, format);
        mapping.PictureX(content.X).ShouldBe((float)region.X, 0.01 + frame.Width * 1e-4);
        for (var i = 0; i < format.Width * format.Height; i += everyNth)
        {
            int x = i % format.Width, y = i / format.Width;
            var expected = Expected(frame, region, format, content, x, y);
            for (var c = 0; c < format.ChannelCount; c++)
            {
                var index = format.Layout == TensorLayout.Nchw
                    ? (c * format.Height + y) * format.Width + x
                    : (y * format.Width + x) * format.ChannelCount + c;
                var level = tensor[index] / format.Scale[c] + format.Mean[c];
                // As a condition, because NaN would sort below any tolerance.
                (Math.Abs(level - expected[c]) < Tolerance).ShouldBeTrue(
                    $"{frame.Width}x{frame.Height} {region} {format} at {x},{y} channel {c}: {level} for {expected[c]}");
            }
        }
    }

    public static double[] Expected(VideoFrame frame, PictureRegion region, TensorFormat format, PixelRect content, int x, int y)
    {
        if (x < content.X || y < content.Y || x >= content.Right || y >= content.Bottom)
            return [format.Padding, format.Padding, format.Padding];
        var levels = PlainResampling.Levels(frame, region, content.Width, content.Height, format.Filter, x - content.X, y - content.Y);
        if (format.Channels == TensorChannels.Grey)
        {
            var grey = PlainResampling.Rgb(levels with { U = 128, V = 128 }, format.Range).R;
            return [grey];
        }

        var (r, g, b) = PlainResampling.Rgb(levels, format.Range);
        return format.Channels == TensorChannels.Rgb ? [r, g, b] : [b, g, r];
    }

    public static PixelRect Content(PictureRegion region, TensorFormat format)
    {
        if (format.Fit == TensorFit.Stretch)
            return new PixelRect(0, 0, format.Width, format.Height);
        var scale = Math.Min(format.Width / region.Width, format.Height / region.Height);
        var width = Math.Clamp((int)Math.Round(region.Width * scale), 1, format.Width);
        var height = Math.Clamp((int)Math.Round(region.Height * scale), 1, format.Height);
        return format.Fit == TensorFit.LetterboxTopLeft
            ? new PixelRect(0, 0, width, height)
            : new PixelRect((format.Width - width) / 2, (format.Height - height) / 2, width, height);
    }
}
