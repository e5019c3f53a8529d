using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
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
        Way[] ways = detector.InputStep > 0 ?
        [
            Way.Whole(detector, 320, 240), Way.Whole(detector, 480, 352), Way.Whole(detector, 640, 480),
            Way.Wholes(detector, (640, 480), (320, 256)), Way.Whole(detector, 960, 704), Way.Whole(detector, 1280, 960),
            Way.Tiles(detector), Way.Live(detector, 4), Way.Live(detector, 8), Way.Live(detector, 13),
        ]
        : [Way.Whole(detector, detector.InputSize.Width, detector.InputSize.Height)];
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

        Console.WriteLine($"| {model}, 640×480 | {string.Join(" | ", Heights.Select(h => $"{h} px"))} | wrong a frame | ms | found per ms |");
        Console.WriteLine($"| --- |{string.Concat(Heights.Select(_ => " --- |"))} --- | --- | --- |");
        foreach (var way in ways)
        {
            Console.WriteLine(way.Row());
            way.Dispose();
        }
    }
}
