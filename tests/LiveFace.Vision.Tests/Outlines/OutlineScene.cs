using System.Numerics;
using LiveFace.Media.Frames;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Outlines;

/// <summary>A picture with a box in it, for ours and for OpenCV.</summary>
internal sealed record OutlineScene(TestPicture Picture, BoxF Box)
{
    private const string Pictures = "/usr/lib/python3/dist-packages/skimage/data/";

    /// <summary>A disc and a bar of two mottled colours before a mottled ground that grows lighter; and what they cover.</summary>
    public static (OutlineScene Scene, bool[] Truth) Painted(int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = TestPicture.Plain(width, height, 0);
        var truth = new bool[width * height];
        var (centre, radius) = (new Vector2(0.5f * width, 0.45f * height), 0.2f * height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var isDisc = Vector2.Distance(new Vector2(x + 0.5f, y + 0.5f), centre) < radius;
                var isBar = Math.Abs(x + 0.5f - centre.X) < 0.07f * height && y > centre.Y && y < 0.85f * height;
                truth[y * width + x] = isDisc || isBar;
                var (red, green, blue) = isDisc ? (190, 120, 90) : isBar ? (60, 50, 130) : (70 + 60 * x / width, 140, 90 + 40 * y / height);
                var grain = random.Next(-18, 19);
                Span<int> levels = [red + grain, green + grain, blue + grain];
                for (var c = 0; c < 3; c++)
                    picture.Rgb[(y * width + x) * 3 + c] = (byte)Math.Clamp(levels[c], 0, 255);
            }

        var box = new BoxF(centre.X - radius - 4, centre.Y - radius - 4, centre.X + radius + 4, 0.85f * height + 4);
        return (new OutlineScene(picture, box), truth);
    }

    /// <summary>A picture of Debian's python3-skimage.</summary>
    public static OutlineScene Photograph(string name, float left, float top, float right, float bottom) =>
        new(TestPicture.Read(Pictures + name), new BoxF(left, top, right, bottom));

    /// <summary>Our outline's mask, at the picture's size.</summary>
    public bool[] Ours()
    {
        using var pool = new FramePool(0);
        using var frame = ToFrame(pool);
        var mask = LiveFace.Vision.Outlines.BoxOutline.Cut(frame, Box);
        var inside = new bool[Picture.Width * Picture.Height];
        for (var y = 0; y < Picture.Height; y++)
            for (var x = 0; x < Picture.Width; x++)
            {
                var column = (int)MathF.Floor((x + 0.5f - mask.Region.Left) / mask.Region.Width * mask.Width);
                var row = (int)MathF.Floor((y + 0.5f - mask.Region.Top) / mask.Region.Height * mask.Height);
                inside[y * Picture.Width + x] = column >= 0 && row >= 0 && column < mask.Width && row < mask.Height && mask.Values[row * mask.Width + column] > 0;
            }

        return inside;
    }

    public VideoFrame ToFrame(FramePool pool)
    {
        var frame = pool.Rent(Picture.Width, Picture.Height);
        var rgba = new byte[Picture.Width * Picture.Height * 4];
        for (var i = 0; i < Picture.Width * Picture.Height; i++)
            Picture.Rgb.AsSpan(3 * i, 3).CopyTo(rgba.AsSpan(4 * i));
        RgbaConversion.FromRgba(rgba, Picture.Width * 4, frame);
        return frame;
    }

    public static double Overlap(bool[] one, bool[] other)
    {
        var both = one.Where((inside, i) => inside && other[i]).Count();
        return (double)both / one.Where((inside, i) => inside || other[i]).Count();
    }
}
