namespace LiveFace.Media.Images;

/// <summary>A picture with transparency: red, green, blue and alpha (not premultiplied), row by row.</summary>
public sealed class RgbaImage
{
    /// <summary>Takes pixels that nobody changes afterwards.</summary>
    public RgbaImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != width * height * 4L)
            throw new ArgumentException($"A picture of {width}×{height} has {width * height * 4L} bytes.", nameof(pixels));
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Four bytes a pixel.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }
}
