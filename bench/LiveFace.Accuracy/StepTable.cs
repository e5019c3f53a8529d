using LiveFace.Media.Frames;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>
/// The whole step for a frame (luma copy, camera, following, tensors, inference, decoding, merging, tracking) beside
/// the bare inference of the very same inputs, turn by turn in one run: on one thread in that thread's own time, on two
/// by the clock on the wall.
/// </summary>
internal static class StepTable
{
    private const int Frames = 200;

    // Until the runtime has compiled everything for good.
    private const int WarmUp = 80;

    public static async Task PrintAsync()
    {
        using var stage = await ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        Console.WriteLine("| picture | threads | windows a frame | whole step, ms | bare inference, ms | ratio | of it following, ms | tensors, ms |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var threads in new[] { 1, 2 })
        {
            using var detector = await Models.OpenAsync("ultraface", threads);
            foreach (var (width, height) in new[] { (640, 480), (1280, 720) })
                Print(detector, stage, new ClipScript(4, 60, 1, 4) { Width = width, Height = height, Frames = Frames }, threads);
        }
    }

    private static void Print(OnnxDetector detector, ClipStage stage, ClipScript script, int threads)
    {
        using var pipeline = ClipStage.Pipeline(detector);
        using var clip = stage.Clip(script);
        using var bare = new BareInference(detector);
        var clock = threads == 1 ? ThreadClock.Instance : TimeProvider.System;
        var steps = new List<double>();
        var bares = new List<double>();
        var follows = new List<double>();
        var tensors = new List<double>();
        var windows = 0;
        for (var i = 0; i < script.Frames; i++)
        {
            using var frame = stage.Pool.Rent(script.Width, script.Height);
            clip.Paint(i, frame);

            // Whoever goes first finds the model's weights out of the cache, so they take turns at that too.
            var bareIsFirst = i % 2 == 1;
            var plan = pipeline.Eyes[0].Plan;
            var inference = bareIsFirst ? Bare(plan, frame) : 0;
            var begin = clock.GetTimestamp();
            pipeline.Follow(frame, clip.TimeOf(i));
            var followed = clock.GetTimestamp();
            pipeline.Sample(frame, TimeSpan.FromMilliseconds(8));
            var sampled = clock.GetTimestamp();
            pipeline.Eyes[0].Infer();
            pipeline.Apply();
            var end = clock.GetTimestamp();
            if (!bareIsFirst)
                inference = Bare(plan, frame);
            if (i < WarmUp)
                continue;
            windows += plan.Count;
            steps.Add(clock.GetElapsedTime(begin, end).TotalMilliseconds);
            follows.Add(clock.GetElapsedTime(begin, followed).TotalMilliseconds);
            tensors.Add(clock.GetElapsedTime(followed, sampled).TotalMilliseconds);
            bares.Add(inference);
        }

        double Bare(LookPlan plan, VideoFrame frame)
        {
            bare.Fill(plan, frame);
            var from = clock.GetTimestamp();
            bare.Run();
            return clock.GetElapsedTime(from).TotalMilliseconds;
        }

        var (step, bareStep) = (Median(steps), Median(bares));
        Console.WriteLine($"| {script.Width}×{script.Height} | {threads} | {windows / (double)steps.Count:F1} | {step:F2} | {bareStep:F2} | {step / bareStep:F3} | {Median(follows):F2} | {Median(tensors):F2} |");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
