using LiveFace.Media.Frames;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Accuracy.Sight;

/// <summary>
/// What a pass costs, tensor and decoding included, in one thread's own time. The models take turns, so that what else the
/// machine does falls on all of them.
/// </summary>
internal static class PassCost
{
    private const int Rounds = 31;
    private static readonly InputSize[] Sizes = [new(320, 256), new(640, 480)];

    public static void Measure(IReadOnlyList<SightModel> models)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(640, 480);
        FrameCopy.Fill(frame, 110, 128, 128);
        var times = models.Select(_ => Sizes.Select(_ => new List<double>()).ToArray()).ToArray();
        var lanes = models.Select(model => model.Detector.OpenLane(1)).ToArray();
        var found = new DetectionList();
        for (var round = 0; round < Rounds; round++)
            for (var m = 0; m < models.Count; m++)
                for (var s = 0; s < Sizes.Length; s++)
                {
                    found.Clear();
                    lanes[m].Reset();
                    var begin = ThreadClock.Instance.GetTimestamp();
                    lanes[m].Sample(frame, new PixelRect(0, 0, 640, 480), SizeFor(models[m].Detector, Sizes[s]));
                    lanes[m].Infer(found);
                    times[m][s].Add(ThreadClock.Instance.GetElapsedTime(begin).TotalMilliseconds);
                }

        for (var m = 0; m < models.Count; m++)
        {
            lanes[m].Dispose();
            models[m].Ratios = [.. Sizes.Select((_, s) => Median(times[m][s]) / Median(times[0][s]))];
        }
    }

    public static void Print(IReadOnlyList<SightModel> models)
    {
        Console.WriteLine($"| cost of a pass, of {models[0].Detector.ModelId}'s | {string.Join(" | ", Sizes)} |");
        Console.WriteLine($"| --- |{string.Concat(Sizes.Select(_ => " --- |"))}");
        foreach (var model in models)
            Console.WriteLine($"| {model.Detector.ModelId} | {string.Join(" | ", model.Ratios.Select(ratio => $"{ratio:F2}"))} |");
        Console.WriteLine();
    }

    private static InputSize SizeFor(OnnxDetector detector, InputSize size) => detector.InputStep > 0 ? size : detector.InputSize;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
