using LiveFace.Media.Images;

namespace LiveFace.Redaction.Effects.Pictures;

/// <summary>
/// A picture with transparency made ready to be laid onto frames at any size: in the frames' own colours, at full size
/// and at every half of it. Immutable, so that all rooms can share it.
/// </summary>
public sealed class OverlayPicture
{
    /// <summary>A larger picture is halved first: no region shows more, and memory stays small.</summary>
    private const int MaximumSide = 2048;

    private readonly PictureLevel[] _levels;

    /// <summary>Makes a picture ready.</summary>
    public OverlayPicture(RgbaImage image)
    {
        var levels = new List<PictureLevel>();
        var level = PictureLevel.From(image);
        while (true)
        {
            if (Math.Max(level.Width, level.Height) <= MaximumSide)
                levels.Add(level);
            if (level.Width == 1 && level.Height == 1)
                break;
            level = level.Halve();
        }

        _levels = [.. levels];
        (Width, Height) = (image.Width, image.Height);
    }

    /// <summary>Columns of the picture as it came.</summary>
    internal int Width { get; }

    /// <summary>Rows of the picture as it came.</summary>
    internal int Height { get; }

    /// <summary>Width over height.</summary>
    internal float Aspect => (float)Width / Height;

    /// <summary>The smallest level that is at least this large, so that drawing never skips a pixel of it.</summary>
    internal PictureLevel LevelFor(int width, int height)
    {
        for (var i = _levels.Length - 1; i > 0; i--)
            if (_levels[i].Width >= width && _levels[i].Height >= height)
                return _levels[i];
        return _levels[0];
    }
}
