using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Cli.Watermarks;

/// <summary>
/// A clean picture and the same with a mark that a seed chooses: a text or a shape, in tiles, once or in a corner, of 10 to 60 %,
/// turned or not, in any colour. The same code puts it on that puts marks on for users.
/// </summary>
internal sealed class MarkedPair : IDisposable
{
    // What the training's data counts as marked: an effective opacity of two in a hundred.
    private const double LeastOpacity = 0.02;
    private const int Range = 219;
    private const int ShapeSide = 160;

    private static readonly string[] Words = ["SAMPLE", "preview", "(c) 2026", "Draft copy", "proof only", "ARCHIVE", "No. 4711", "studio north"];
    private static readonly WatermarkPlace[] Once = [WatermarkPlace.Single, WatermarkPlace.TopLeft, WatermarkPlace.BottomRight, WatermarkPlace.BottomLeft];

    private MarkedPair(VideoFrame clean, VideoFrame marked, byte[] truth) => (Clean, Marked, Truth) = (clean, marked, truth);

    public VideoFrame Clean { get; }

    public VideoFrame Marked { get; }

    /// <summary>Not 0 where the mark lies.</summary>
    public byte[] Truth { get; }

    /// <summary>Takes the clean picture over.</summary>
    public static MarkedPair Make(VideoFrame clean, int seed, FramePool pool)
    {
        using var mark = new Watermark(Settings(new Random(seed)));
        var marked = pool.Rent(clean.Width, clean.Height);
        FrameCopy.Copy(clean, marked);
        mark.Apply(marked);
        return new MarkedPair(clean, marked, TruthOf(mark, clean, pool));
    }

    public void Dispose()
    {
        Clean.Dispose();
        Marked.Dispose();
    }

    /// <summary>How the mark changes black and white tells how much of a picture it leaves.</summary>
    private static byte[] TruthOf(Watermark mark, VideoFrame clean, FramePool pool)
    {
        using var black = pool.Rent(clean.Width, clean.Height);
        using var white = pool.Rent(clean.Width, clean.Height);
        FrameCopy.Fill(black, 16, 128, 128);
        FrameCopy.Fill(white, 16 + Range, 128, 128);
        mark.Apply(black);
        mark.Apply(white);
        var truth = new byte[clean.Width * clean.Height];
        for (var y = 0; y < clean.Height; y++)
            for (var x = 0; x < clean.Width; x++)
                truth[y * clean.Width + x] = white.RowY(y)[x] - black.RowY(y)[x] <= Range * (1 - LeastOpacity) ? (byte)255 : (byte)0;
        return truth;
    }

    private static WatermarkSettings Settings(Random chance)
    {
        var colour = chance.Next(3) switch
        {
            0 => RgbColor.White,
            1 => RgbColor.Black,
            _ => new RgbColor((byte)chance.Next(256), (byte)chance.Next(256), (byte)chance.Next(256)),
        };
        var tiled = chance.Next(2) == 0;
        return new WatermarkSettings
        {
            Text = Words[chance.Next(Words.Length)],
            Picture = chance.Next(3) == 0 ? Shape(chance.Next(3), colour) : null,
            Colour = colour,
            Opacity = Between(chance, 0.1f, 0.6f),
            Place = tiled ? WatermarkPlace.Tiled : Once[chance.Next(Once.Length)],
            Size = tiled ? Between(chance, 0.12f, 0.35f) : Between(chance, 0.2f, 0.7f),
            Angle = chance.Next(2) == 0 ? 0 : Between(chance, -45, 45),
            Spacing = Between(chance, 0.1f, 1),
        };
    }

    private static float Between(Random chance, float low, float high) => low + chance.NextSingle() * (high - low);

    /// <summary>A ring, a set of bars, or a disc with a hole beside its middle.</summary>
    private static OverlayPicture Shape(int kind, RgbColor colour)
    {
        var pixels = new byte[ShapeSide * ShapeSide * 4];
        for (var y = 0; y < ShapeSide; y++)
            for (var x = 0; x < ShapeSide; x++)
            {
                var (px, py) = (2f * x / ShapeSide - 1, 2f * y / ShapeSide - 1);
                var distance = MathF.Sqrt(px * px + py * py);
                var inside = kind switch
                {
                    0 => distance is > 0.62f and < 0.95f,
                    1 => x / 20 % 2 == 0 && MathF.Abs(py) < 0.8f,
                    _ => distance < 0.95f && MathF.Sqrt((px - 0.3f) * (px - 0.3f) + py * py) > 0.45f,
                };
                var at = (y * ShapeSide + x) * 4;
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (colour.R, colour.G, colour.B, inside ? (byte)255 : (byte)0);
            }

        return new OverlayPicture(new RgbaImage(ShapeSide, ShapeSide, pixels));
    }
}
