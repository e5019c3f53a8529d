using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Benchmarks;

/// <summary>
/// Whole pictures through our effects and through OpenCV on one thread, on the same planes' sizes. The two take turns in
/// many short rounds and the shortest time of each counts, so that a busy machine disturbs both alike.
/// </summary>
internal static class EffectsBesideOpenCv
{
    private const int Rounds = 25;
    private const int Repetitions = 8;
    private const int Strength = 50;

    public static int Run()
    {
        using var pool = new FramePool();
        using var peer = Process.Start(new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "opencv_effects.py") },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("/usr/bin/python3 does not start; install python3-opencv.");

        Console.WriteLine("| effect | picture | ours, µs | OpenCV's way | OpenCV, µs | OpenCV / ours |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        var deviation = 0.01 * Math.Pow(10, Strength / 100.0);
        foreach (var (width, height) in new[] { (640, 480), (1920, 1080) })
        {
            using var frame = TestPicture.Noise(pool, width, height);
            var region = new EffectRegion(new PixelRect(0, 0, width, height));
            foreach (var (effect, title, ways) in new (IRegionEffect, string, (string Name, string Title)[])[]
            {
                (new MosaicEffect(Strength), "mosaic", [("mosaic", "resize area, then nearest")]),
                (new SoftBlurEffect(Strength), "soft blur",
                    [("small", "resize area, Gaussian 5×5, resize linear"), ("boxes", "three box blurs"), ("gaussian", "Gaussian")]),
            })
                foreach (var way in ways)
                {
                    var (ours, theirs) = (double.MaxValue, double.MaxValue);
                    var rounds = way.Name == "gaussian" ? 3 : Rounds;
                    for (var round = 0; round < rounds; round++)
                    {
                        ours = Math.Min(ours, Shortest(effect, frame, region));
                        peer.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                            $"{way.Name} {width} {height} {MosaicEffect.CellsAt(Strength)} {deviation} {Repetitions}"));
                        theirs = Math.Min(theirs, double.Parse(peer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
                    }

                    Console.WriteLine($"| {title} | {width}×{height} | {ours:0} | {way.Title} | {theirs:0} | {theirs / ours:0.0} |");
                }
        }

        peer.StandardInput.Close();
        return 0;
    }

    private static double Shortest(IRegionEffect effect, VideoFrame frame, in EffectRegion region)
    {
        var best = double.MaxValue;
        var hidden = new HiddenBlocks();
        hidden.Begin(frame);
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            effect.Apply(frame, region, hidden);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return best;
    }
}
