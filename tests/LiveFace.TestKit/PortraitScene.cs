using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.TestKit;

/// <summary>
/// A portrait (astronaut.png of Debian's python3-skimage, NASA, public domain) that wanders over a plain wall, at
/// any picture size. Where the face is, is known for every frame.
/// </summary>
public sealed class PortraitScene
{
    /// <summary>After so many frames the portrait is back where it was.</summary>
    public const int Period = 64;

    // The part of the portrait that is shown, and the face in it, read off the picture by eye.
    private static readonly PixelRect Shown = new(120, 20, 220, 220);
    private static readonly BoxF FaceInPortrait = new(178, 68, 272, 178);
    private static readonly RgbaImage Image = ImageFile.DecodeRgba(File.ReadAllBytes(Portrait.Path));

    private readonly byte[] _rgba;

    public PortraitScene(int width = 640, int height = 480)
    {
        Width = width;
        Height = height;
        _rgba = new byte[width * height * 4];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Where the face is in a frame.</summary>
    public BoxF Face(int frame)
    {
        var (x, y) = Place(frame);
        return new BoxF(FaceInPortrait.Left - Shown.X + x, FaceInPortrait.Top - Shown.Y + y,
            FaceInPortrait.Right - Shown.X + x, FaceInPortrait.Bottom - Shown.Y + y);
    }

    /// <summary>Draws a frame.</summary>
    public VideoFrame Draw(FramePool pool, int frame)
    {
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                // A plain wall with a little grain: nothing that a detector could take for a face.
                var ground = (byte)(100 + 50 * x / Width + 20 * y / Height + ((x * 7919 + y * 104729 + x * y * 31) >> 3 & 7));
                Set(x, y, ground, (byte)(ground + 10), (byte)(ground - 20));
            }

        var (left, top) = Place(frame);
        var pixels = Image.Pixels.Span;
        for (var y = 0; y < Shown.Height; y++)
            for (var x = 0; x < Shown.Width; x++)
            {
                var from = ((Shown.Y + y) * Image.Width + Shown.X + x) * 4;
                Set(left + x, top + y, pixels[from], pixels[from + 1], pixels[from + 2]);
            }

        var picture = pool.Rent(Width, Height);
        RgbaConversion.FromRgba(_rgba, Width * 4, picture);
        return picture;
    }

    // One round in Period frames, so that a clip of that length plays in a loop without a jump.
    private (int X, int Y) Place(int frame)
    {
        var angle = 2 * Math.PI * frame / Period;
        var roomX = Width - Shown.Width;
        var roomY = Height - Shown.Height;
        return ((int)(roomX * (0.5 + 0.3 * Math.Sin(angle))), (int)(roomY * (0.5 + 0.4 * Math.Cos(angle))));
    }

    private void Set(int x, int y, byte red, byte green, byte blue)
    {
        if ((uint)x >= Width || (uint)y >= Height)
            return;
        var at = (y * Width + x) * 4;
        (_rgba[at], _rgba[at + 1], _rgba[at + 2], _rgba[at + 3]) = (red, green, blue, 255);
    }
}
