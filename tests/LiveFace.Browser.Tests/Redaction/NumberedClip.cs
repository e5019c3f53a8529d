using System.Text;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Media.Frames;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// A clip of a wandering portrait in which every frame carries its own number, as a strip of black and white blocks
/// along the bottom edge, far from the face. Chromium plays it as its camera, over and over.
/// </summary>
internal sealed class NumberedClip
{
    public const int Frames = PortraitScene.Period;
    private const int Bits = 6;
    private const int Block = 32;

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
        var scale = width / 640.0;
        var number = 0;
        for (var bit = 0; bit <= Bits; bit++)
        {
            var x = (int)((40 + bit * Block + Block / 2) * scale);
            var y = (int)(height - Block / 2 * scale);
            var value = luma[y * width + x];

            // The last block is the opposite of the first, so that one even colour reads as nothing.
            if (value is > 90 and < 165)
                return null;
            if (bit < Bits)
                number |= (value >= 128 ? 1 : 0) << bit;
            else if ((value >= 128) == ((number & 1) != 0))
                return null;
        }

        return number;
    }

    private static void DrawNumber(VideoFrame frame, int number)
    {
        for (var bit = 0; bit <= Bits; bit++)
        {
            var on = bit < Bits ? (number >> bit & 1) != 0 : (number & 1) == 0;
            for (var y = frame.Height - Block; y < frame.Height; y++)
                frame.RowY(y).Slice(40 + bit * Block, Block).Fill(on ? (byte)230 : (byte)25);
            for (var y = (frame.Height - Block) / 2; y < frame.ChromaHeight; y++)
            {
                frame.RowU(y).Slice(20 + bit * Block / 2, Block / 2).Fill(128);
                frame.RowV(y).Slice(20 + bit * Block / 2, Block / 2).Fill(128);
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
