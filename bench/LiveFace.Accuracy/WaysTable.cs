using LiveFace.Media.Frames;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// Ways of spending time on one frame, side by side in one run: how many of the faces each finds, by their height, how
/// many boxes are no faces, and what it costs in time of one core (the median).
/// </summary>
internal static class WaysTable
{
    private static readonly float[] Heights = [12, 16, 24, 40, 80, 160];

    public static async Task PrintAsync(string model)
    {
        using var detector = await Models.OpenAsync(model);
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        var pass = CostOfSmallPass(detector);
        var tiles = Way.Tiles(detector);
        Way[] ways =
        [
            Way.Whole(detector, 320, 256), Way.Whole(detector, 480, 352), Way.Whole(detector, 640, 480),
            Way.Whole(detector, 960, 704), tiles, Way.Live(detector, 3, pass), Way.Live(detector, 6, pass), Way.Live(detector, 10, pass),
        ];
        foreach (var height in Heights)
        {
            var seed = (int)height;
            foreach (var way in ways)
                way.Begin();
            foreach (var speed in new[] { 0.5f, 2f })
            {
                var script = new ClipScript(seed++, height, speed, height > 100 ? 2 : height > 60 ? 4 : 8) { Frames = 45 };
                foreach (var way in ways)
                    way.BeginClip();
                using var clip = stage.Clip(script);
                for (var i = 0; i < script.Frames; i++)
                {
                    using var frame = stage.Pool.Rent(script.Width, script.Height);
                    var truth = clip.Paint(i, frame);
                    foreach (var way in ways)
                        way.Look(frame, clip.TimeOf(i), truth, counts: i >= 15 && i % 2 == 0);
                }
            }
        }

        Console.WriteLine($"| {model}, 640×480 | {string.Join(" | ", Heights.Select(h => $"{h} px"))} | wrong a frame | found, of nine tiles' | time, of nine tiles' |");
        Console.WriteLine($"| --- |{string.Concat(Heights.Select(_ => " --- |"))} --- | --- | --- |");
        foreach (var way in ways)
            Console.WriteLine(way.Row(tiles));
        foreach (var way in ways)
            way.Dispose();
        Console.WriteLine();
        Console.WriteLine($"A pass at 320×256 took {pass.TotalMilliseconds:F1} ms of one core. The frames of the first half second do not count.");
    }

    private static TimeSpan CostOfSmallPass(OnnxDetector detector)
    {
        using var lane = detector.OpenLane(1);
        using var pool = new FramePool();
        using var frame = pool.Rent(640, 480);
        FrameCopy.Fill(frame, 110, 128, 128);
        var found = new DetectionList();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 40; i++)
        {
            lane.Sample(frame, new PixelRect(0, 0, 640, 480), new InputSize(320, 256));
            var begin = ThreadClock.Instance.GetTimestamp();
            lane.Infer(found);
            times.Add(ThreadClock.Instance.GetElapsedTime(begin));
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
