using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Benchmarks;

/// <summary>
/// Boxes of photographs are taken away and filled, by 'remove', by 'blur' and by OpenCV's inpainting, and compared with what was
/// there: PSNR of brightness in the box, and how much of its detail there is again.
/// </summary>
internal static class RemoveBesideOpenCv
{
    private const string Pictures = "/usr/lib/python3/dist-packages/skimage/data/";
    private static readonly string[] Names = ["astronaut.png", "chelsea.png", "coffee.png"];
    private static readonly string[] Ways = ["remove", "blur", "Telea", "Navier-Stokes"];

    public static int Run(int across)
    {
        using var peer = Process.Start(new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "opencv_inpaint.py") },
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("/usr/bin/python3 does not start; install python3-opencv.");
        var file = Path.GetTempFileName();
        var hidden = new HiddenBlocks();
        var effects = new IRegionEffect[] { new RemoveEffect(), new FillEffect() };
        Console.WriteLine("| picture | boxes | way | PSNR, dB | detail of the picture's | ms a box |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var name in Names)
        {
            using var pool = new FramePool(0);
            using var frame = ImageFile.Decode(File.ReadAllBytes(Pictures + name), pool);
            var scores = Ways.Select(_ => new RemovalScore()).ToArray();
            foreach (var box in Boxes(frame, across))
            {
                for (var i = 0; i < effects.Length; i++)
                {
                    using var copy = Copy(pool, frame);
                    hidden.Begin(copy);
                    var begin = Stopwatch.GetTimestamp();
                    effects[i].Apply(copy, new EffectRegion(box), hidden);
                    scores[i].Add(frame, copy, box, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                }

                var (telea, flow, taken) = Ask(peer, file, frame, pool, box);
                using (telea)
                using (flow)
                {
                    scores[2].Add(frame, telea, box, taken);
                    scores[3].Add(frame, flow, box, 0);
                }
            }

            for (var i = 0; i < Ways.Length; i++)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {scores[i].Boxes} | {Ways[i]} | {scores[i].Decibels:0.0} | {scores[i].Detail:0.00} | {(i == 3 ? "" : $"{scores[i].Milliseconds:0.0}")} |"));
        }

        peer.StandardInput.Close();
        File.Delete(file);
        return 0;
    }

    /// <summary>Boxes on a grid, an eighth of the picture's shorter side each, on whole blocks.</summary>
    private static IEnumerable<PixelRect> Boxes(VideoFrame frame, int across)
    {
        var side = Math.Max(16, Math.Min(frame.Width, frame.Height) / 8 / 8 * 8);
        for (var row = 0; row < across; row++)
            for (var column = 0; column < across; column++)
                yield return new PixelRect(
                    (column * 2 + 1) * frame.Width / (2 * across) / 8 * 8 - side / 16 * 8, (row * 2 + 1) * frame.Height / (2 * across) / 8 * 8 - side / 16 * 8, side, side);
    }

    private static (VideoFrame Telea, VideoFrame Flow, double Milliseconds) Ask(Process peer, string file, VideoFrame frame, FramePool pool, PixelRect box)
    {
        var pixels = new byte[frame.Width * frame.Height * 4];
        RgbaConversion.ToRgba(frame, pixels, frame.Width * 4);
        File.WriteAllBytes(file, [.. pixels.Where((_, i) => i % 4 != 3)]);
        peer.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file} {frame.Width} {frame.Height} {box.X} {box.Y} {box.Right} {box.Bottom}"));
        var taken = double.Parse(peer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        var both = File.ReadAllBytes(file);
        return (Read(both.AsSpan(0, both.Length / 2)), Read(both.AsSpan(both.Length / 2)), taken);

        VideoFrame Read(ReadOnlySpan<byte> rgb)
        {
            for (var i = 0; i < pixels.Length / 4; i++)
                rgb.Slice(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
            var read = pool.Rent(frame.Width, frame.Height);
            RgbaConversion.FromRgba(pixels, frame.Width * 4, read);
            return read;
        }
    }

    private static VideoFrame Copy(FramePool pool, VideoFrame frame)
    {
        var copy = pool.Rent(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(copy.RowY(y));
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).CopyTo(copy.RowU(y));
            frame.RowV(y).CopyTo(copy.RowV(y));
        }

        return copy;
    }
}
