using System.Text;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Media.Frames;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// A clip of a wandering portrait in which every frame carries its own number, as a strip of striped blocks along the left
/// edge, further from the portrait than what is hidden round what moves. A block's stripes stand or lie, and its cells are as
/// bright either way: the number changes with each frame, and is nothing that has to be looked at anew. Chromium plays the
/// clip as its camera, over and over.
/// </summary>
internal sealed class NumberedClip
{
    public const int Frames = PortraitScene.Period;
    private const int Bits = 6;
    private const int Block = 32;
    private const int Left = 8;
    private const int Top = 40;

    // Two of them make a cell of the coverage map.
    private const int Stripe = 4;

    // The stripes' own rim differs by 40 levels a pixel; what a codec leaves of them is well above this.
    private const double LeastContrast = 8;
    private const double Clearly = 2;

    private readonly byte[][] _luma = new byte[Frames][];

    private NumberedClip(PortraitScene scene) => Scene = scene;

    public PortraitScene Scene { get; }

    public string Path { get; private init; } = "";

    public byte[] Luma(int frame) => _luma[frame];

    public BoxF Face(int frame) => Scene.Face(frame);

    public static async Task<NumberedClip> MakeAsync()
    {
        var scene = new PortraitScene();
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Repository.Root, "artifacts", "clips")).FullName;
        var clip = new NumberedClip(scene) { Path = System.IO.Path.Combine(folder, $"numbered-{Environment.ProcessId}.y4m") };
        using var pool = new FramePool();
        await using var file = File.Create(clip.Path);
        await file.WriteAsync(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{scene.Width} H{scene.Height} F30:1 Ip A1:1 C420mpeg2\n"));
        for (var i = 0; i < Frames; i++)
        {
            using var frame = scene.Draw(pool, i);
            DrawNumber(frame, i);
            clip._luma[i] = new byte[scene.Width * scene.Height];
            for (var y = 0; y < scene.Height; y++)
                frame.RowY(y).CopyTo(clip._luma[i].AsSpan(y * scene.Width));
            await file.WriteAsync(Encoding.ASCII.GetBytes("FRAME\n"));
            await file.WriteAsync(Bytes(frame));
        }

        return clip;
    }

    /// <summary>The number that a returned picture carries; null when the strip cannot be read, as under a cover.</summary>
    public static int? NumberIn(ReadOnlySpan<byte> luma, int width, int height)
    {
        var number = 0;
        for (var bit = 0; bit <= Bits; bit++)
        {
            if (Stands(luma, width, height, bit) is not { } stands)
                return null;

            // The last block is the opposite of the first, so that one pattern all over reads as nothing.
            if (bit < Bits)
                number |= (stands ? 1 : 0) << bit;
            else if (stands == ((number & 1) != 0))
                return null;
        }

        return number;
    }

    /// <summary>Whether a block's stripes stand; null when neither can be told.</summary>
    private static bool? Stands(ReadOnlySpan<byte> luma, int width, int height, int bit)
    {
        var (across, down) = (width / 640.0, height / 480.0);
        var (left, right) = ((int)((Left + Stripe) * across), (int)((Left + Block - Stripe) * across));
        var (top, bottom) = ((int)((Top + bit * Block + Stripe) * down), (int)((Top + (bit + 1) * Block - Stripe) * down));
        double along = 0, beneath = 0;
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
            {
                along += Math.Abs(luma[y * width + x + 1] - luma[y * width + x]);
                beneath += Math.Abs(luma[(y + 1) * width + x] - luma[y * width + x]);
            }

        var (most, least) = (Math.Max(along, beneath), Math.Min(along, beneath));
        return most >= LeastContrast * (right - left) * (bottom - top) && most >= Clearly * least ? along > beneath : null;
    }

    private static void DrawNumber(VideoFrame frame, int number)
    {
        for (var bit = 0; bit <= Bits; bit++)
        {
            var stands = bit < Bits ? (number >> bit & 1) != 0 : (number & 1) == 0;
            for (var y = 0; y < Block; y++)
            {
                var row = frame.RowY(Top + bit * Block + y).Slice(Left, Block);
                for (var x = 0; x < Block; x++)
                    row[x] = (stands ? x : y) / Stripe % 2 == 0 ? (byte)210 : (byte)46;
            }

            for (var y = 0; y < Block / 2; y++)
            {
                frame.RowU((Top + bit * Block) / 2 + y).Slice(Left / 2, Block / 2).Fill(128);
                frame.RowV((Top + bit * Block) / 2 + y).Slice(Left / 2, Block / 2).Fill(128);
            }
        }
    }

    private static byte[] Bytes(VideoFrame frame)
    {
        using var bytes = new MemoryStream();
        for (var y = 0; y < frame.Height; y++)
            bytes.Write(frame.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++)
            bytes.Write(frame.RowU(y));
        for (var y = 0; y < frame.ChromaHeight; y++)
            bytes.Write(frame.RowV(y));
        return bytes.ToArray();
    }
}
