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
            FrameNumber.Draw(frame, i);
            clip._luma[i] = new byte[scene.Width * scene.Height];
            for (var y = 0; y < scene.Height; y++)
                frame.RowY(y).CopyTo(clip._luma[i].AsSpan(y * scene.Width));
            await file.WriteAsync(Encoding.ASCII.GetBytes("FRAME\n"));
            await file.WriteAsync(Bytes(frame));
        }

        return clip;
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
