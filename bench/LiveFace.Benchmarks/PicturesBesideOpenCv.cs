using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Frames;

namespace LiveFace.Benchmarks;

/// <summary>
/// Changes of size and detector inputs by us and by OpenCV on one thread, from and to planar YUV. The two take turns in
/// many short rounds and the shortest time of each counts, so that a busy machine disturbs both alike.
/// </summary>
internal static class PicturesBesideOpenCv
{
    private const int Rounds = 30;
    private const int Repetitions = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    public static int Run()
    {
        using var pool = new FramePool();
        using var peer = Process.Start(new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "opencv_pictures.py") },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("/usr/bin/python3 does not start; install python3-opencv.");

        Console.WriteLine("| work | from | to | ours, µs | OpenCV, µs | OpenCV / ours |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (width, height) in new[] { (640, 480), (1920, 1080) })
        {
            using var frame = TestPicture.Noise(pool, width, height);
            foreach (var (toWidth, toHeight) in new[] { (width / 2, height / 2), (320, 240), (426, 240), (width * 3 / 2, height * 3 / 2) })
            {
                foreach (var filter in Enum.GetValues<ResampleFilter>())
                    Scale(peer, pool, frame, toWidth, toHeight, filter);
            }

            foreach (var (toWidth, toHeight) in new[] { (320, 240), (640, 640) })
                Tensor(peer, frame, toWidth, toHeight);
        }

        peer.StandardInput.Close();
        return 0;
    }

    private static void Scale(Process peer, FramePool pool, VideoFrame frame, int width, int height, ResampleFilter filter)
    {
        using var destination = pool.Rent(width, height);
        var scaler = new FrameScaler();
        var name = filter == ResampleFilter.Area ? "area" : "linear";
        Compare(peer, $"resize, {name}", name, frame, width, height, () => scaler.Scale(frame, destination, filter));
    }

    private static void Tensor(Process peer, VideoFrame frame, int width, int height)
    {
        var format = new TensorFormat(width, height) { Mean = new(127), Scale = new(1 / 128f) };
        var sampler = new TensorSampler(format);
        var tensor = new float[format.Length];
        Compare(peer, "tensor, linear", "tensor", frame, width, height, () => sampler.Sample(frame, tensor));
    }

    private static void Compare(Process peer, string title, string name, VideoFrame frame, int width, int height, Action work)
    {
        // Until the compiler has seen the work often enough to do its best.
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp;)
            work();
        var (ours, theirs) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Repetitions; i++)
            {
                var start = Stopwatch.GetTimestamp();
                work();
                ours = Math.Min(ours, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

            peer.StandardInput.WriteLine($"{name} {frame.Width} {frame.Height} {width} {height} {Repetitions}");
            theirs = Math.Min(theirs, double.Parse(peer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
        }

        Console.WriteLine($"| {title} | {frame.Width}×{frame.Height} | {width}×{height} | {ours:0} | {theirs:0} | {theirs / ours:0.0} |");
    }
}
