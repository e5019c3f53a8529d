using System.Buffers.Binary;
using System.IO.Compression;

namespace LiveFace.Vision.Tests.Models;

/// <summary>
/// An RGB picture for tests: reads 8-bit RGB PNG files and scales. The portrait is astronaut.png of Debian's
/// python3-skimage (NASA, public domain).
/// </summary>
internal sealed class TestPicture(int width, int height, byte[] rgb)
{
    public int Width => width;

    public int Height => height;

    public byte[] Rgb => rgb;

    public static TestPicture Plain(int width, int height, byte grey)
    {
        var rgb = new byte[width * height * 3];
        Array.Fill(rgb, grey);
        return new TestPicture(width, height, rgb);
    }

    public static TestPicture Astronaut() => Read(Portrait.Path);

    public static TestPicture Read(string path)
    {
        var file = File.ReadAllBytes(path);
        using var packed = new MemoryStream();
        var (width, height) = (0, 0);
        for (var at = 8; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var type = file.AsSpan(at + 4, 4);
            var data = file.AsSpan(at + 8, length);
            if (type.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                (data[8], data[9], data[12]).ShouldBe(((byte)8, (byte)2, (byte)0), "8-bit RGB, not interlaced");
            }
            if (type.SequenceEqual("IDAT"u8))
                packed.Write(data);
            at += length + 12;
        }
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        return new TestPicture(width, height, PngRows.Unfilter(unpacked, width * 3, height));
    }

    /// <summary>A part, scaled: each pixel is the mean of what it covers when the picture shrinks, and linear between pixels when it grows.</summary>
    public TestPicture Crop(double left, double top, double right, double bottom, int toWidth, int toHeight)
    {
        var result = new byte[toWidth * toHeight * 3];
        var (stepX, stepY) = ((right - left) / toWidth, (bottom - top) / toHeight);
        var (samplesX, samplesY) = ((int)Math.Ceiling(Math.Max(1, stepX)) * 2, (int)Math.Ceiling(Math.Max(1, stepY)) * 2);
        for (var y = 0; y < toHeight; y++)
            for (var x = 0; x < toWidth; x++)
                for (var channel = 0; channel < 3; channel++)
                {
                    var sum = 0.0;
                    for (var row = 0; row < samplesY; row++)
                        for (var column = 0; column < samplesX; column++)
                            sum += Sample(left + (x + (column + 0.5) / samplesX) * stepX, top + (y + (row + 0.5) / samplesY) * stepY, channel);
                    result[(y * toWidth + x) * 3 + channel] = (byte)Math.Round(sum / (samplesX * samplesY));
                }
        return new TestPicture(toWidth, toHeight, result);
    }

    public TestPicture Resize(int toWidth, int toHeight) => Crop(0, 0, width, height, toWidth, toHeight);

    public void Paste(TestPicture other, int left, int top)
    {
        for (var y = 0; y < other.Height; y++)
            other.Rgb.AsSpan(y * other.Width * 3, other.Width * 3).CopyTo(rgb.AsSpan(((top + y) * width + left) * 3));
    }

    /// <summary>Planes of (value − mean) / std, in RGB or the reverse order.</summary>
    public float[] Planes(float[] mean, float[] std, bool reverse = false)
    {
        var planes = new float[rgb.Length];
        for (var channel = 0; channel < 3; channel++)
            for (var pixel = 0; pixel < width * height; pixel++)
                planes[channel * width * height + pixel] = (rgb[pixel * 3 + (reverse ? 2 - channel : channel)] - mean[channel]) / std[channel];
        return planes;
    }

    /// <summary>Interleaved (value − mean) / std.</summary>
    public float[] Interleaved(float mean, float std) => [.. rgb.Select(value => (value - mean) / std)];

    /// <summary>Luma of (value − mean) / std.</summary>
    public float[] Grey(float mean, float std) => [.. Enumerable.Range(0, width * height)
        .Select(pixel => (0.299f * rgb[pixel * 3] + 0.587f * rgb[pixel * 3 + 1] + 0.114f * rgb[pixel * 3 + 2] - mean) / std)];

    private double Sample(double x, double y, int channel)
    {
        x = Math.Clamp(x - 0.5, 0, width - 1);
        y = Math.Clamp(y - 0.5, 0, height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, below) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        var (partX, partY) = (x - left, y - top);
        double At(int column, int row) => rgb[(row * width + column) * 3 + channel];
        return (At(left, top) * (1 - partX) + At(right, top) * partX) * (1 - partY)
            + (At(left, below) * (1 - partX) + At(right, below) * partX) * partY;
    }
}
