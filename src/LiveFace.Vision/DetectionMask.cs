namespace LiveFace.Vision;

/// <summary>
/// Which pixels belong to a thing, at the model's own resolution: 0 is outside, 255 is surely inside. It lies over
/// <see cref="Region"/> of the frame and is stretched to it by whoever paints it.
/// </summary>
public sealed class DetectionMask
{
    private byte[] _values = [];

    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Where in the frame the mask lies.</summary>
    public BoxF Region { get; private set; }

    /// <summary>Row after row, without padding.</summary>
    public Span<byte> Values => _values.AsSpan(0, Width * Height);

    internal void MoveTo(BoxF region) => Region = region;

    internal void Open(int width, int height, BoxF region)
    {
        Width = width;
        Height = height;
        Region = region;
        if (_values.Length < width * height)
            _values = new byte[width * height];
    }
}
