using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision;
using LiveFace.Vision.Outlines;

namespace LiveFace.Benchmarks;

/// <summary>Outlines from a box, ours beside OpenCV's grabCut on pictures of python3-skimage: how much both share, and how long each takes.</summary>
internal static class OutlinesBesideOpenCv
{
    private const string Pictures = "/usr/lib/python3/dist-packages/skimage/data/";
    private const int Repetitions = 5, Side = 288;

    public static int Run()
    {
        using var peer = Process.Start(new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "opencv_outlines.py") },
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("/usr/bin/python3 does not start; install python3-opencv.");
        Console.WriteLine("| picture | box | ours, ms | OpenCV, whole picture, ms | OpenCV, as small as ours, ms | ours and OpenCV's, IoU | OpenCV's two, IoU |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, box) in new (string, BoxF)[]
        {
            ("astronaut.png", new(175, 60, 290, 190)), ("astronaut.png", new(20, 10, 490, 511)),
            ("coffee.png", new(70, 12, 490, 392)), ("chelsea.png", new(60, 20, 430, 299)),
        })
        {
            using var pool = new FramePool(0);
            using var frame = ImageFile.Decode(File.ReadAllBytes(Pictures + name), pool);
            var best = double.MaxValue;
            for (var i = 0; i < Repetitions; i++)
            {
                var start = Stopwatch.GetTimestamp();
                BoxOutline.Trace(frame, box);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var ours = Whole(BoxOutline.Cut(frame, box), frame.Width, frame.Height);
            var (large, theirs) = Ask(peer, name, box, 0);
            var (small, theirSmall) = Ask(peer, name, box, Side);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {box.Width}×{box.Height} | {best:0} | {large:0} | {small:0} | {Shared(ours, theirs):0.000} | {Shared(theirs, theirSmall):0.000} |"));
        }

        peer.StandardInput.Close();
        return 0;
    }

    private static (double Milliseconds, bool[] Mask) Ask(Process peer, string name, BoxF box, int side)
    {
        peer.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Pictures}{name} {(int)box.Left} {(int)box.Top} {(int)box.Right} {(int)box.Bottom} {side} {Repetitions}"));
        var answer = peer.StandardOutput.ReadLine()!.Split(' ');
        var mask = File.ReadAllBytes(answer[1]);
        File.Delete(answer[1]);
        return (double.Parse(answer[0], CultureInfo.InvariantCulture), [.. mask.Select(inside => inside != 0)]);
    }

    private static bool[] Whole(DetectionMask mask, int width, int height)
    {
        var whole = new bool[width * height];
        for (var i = 0; i < whole.Length; i++)
        {
            var column = (int)MathF.Floor((i % width + 0.5f - mask.Region.Left) / mask.Region.Width * mask.Width);
            var row = (int)MathF.Floor((i / width + 0.5f - mask.Region.Top) / mask.Region.Height * mask.Height);
            whole[i] = column >= 0 && row >= 0 && column < mask.Width && row < mask.Height && mask.Values[row * mask.Width + column] > 0;
        }

        return whole;
    }

    private static double Shared(bool[] one, bool[] other) =>
        (double)one.Where((inside, i) => inside && other[i]).Count() / one.Where((inside, i) => inside || other[i]).Count();
}
