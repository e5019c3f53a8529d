using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Models;

namespace LiveFace.Accuracy;

/// <summary>
/// One look of each model that is on at a whole 640×480 picture (tensor, inference, decoding, merging), on one thread and
/// on two. The models take turns, and the shortest look of each counts, so that other work on the machine meets them alike.
/// </summary>
internal static class LooksTable
{
    private const int Rounds = 40;

    public static async Task PrintAsync()
    {
        using var stage = await Vision.Tests.Clips.ClipStage.OpenAsync(Models.Root, CancellationToken.None);
        using var clip = stage.Clip(new Vision.Tests.Clips.ClipScript(4, 60, 1, 4));
        using var frame = stage.Pool.Rent(clip.Script.Width, clip.Script.Height);
        clip.Paint(0, frame);
        var looks = new List<Look>();
        foreach (var entry in Models.All.Models.Where(m => m.IsOn && Finds(m.Job)))
            foreach (var threads in new[] { 1, 2 })
                looks.Add(new Look(await Models.OpenAsync(entry.Id, threads), threads));
        for (var round = 0; round < Rounds; round++)
            foreach (var look in looks)
                look.Once(frame);

        Console.WriteLine("| model | input | 1 thread, ms | 2 threads, ms | 2 threads over 1 | over ultraface, 1 thread | 2 threads |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        var (first, second) = (looks.Find(l => l.Id == "ultraface")!, looks.FindLast(l => l.Id == "ultraface")!);
        for (var i = 0; i < looks.Count; i += 2)
        {
            var (one, two) = (looks[i], looks[i + 1]);
            Console.WriteLine(
                $"| {one.Id} | {one.Size} | {one.Least:F2} | {two.Least:F2} | {two.Least / one.Least:F2} | {one.Least / first.Least:F2} | {two.Least / second.Least:F2} |");
        }

        looks.ForEach(look => look.Dispose());
    }

    private static bool Finds(ModelJob job) => job is ModelJob.Faces or ModelJob.Objects or ModelJob.Outline or ModelJob.Text;

    private sealed class Look(OnnxDetector detector, int threads) : IDisposable
    {
        private readonly IDetectorLane _lane = detector.OpenLane(1);
        private readonly DetectionList _found = new();
        private readonly TimeProvider _clock = threads == 1 ? ThreadClock.Instance : TimeProvider.System;

        public string Id => detector.ModelId;

        public InputSize Size => detector.InputSize;

        public double Least { get; private set; } = double.MaxValue;

        public void Once(VideoFrame frame)
        {
            _found.Clear();
            var begin = _clock.GetTimestamp();
            _lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), detector.InputSize);
            _lane.Infer(_found);
            Least = Math.Min(Least, _clock.GetElapsedTime(begin).TotalMilliseconds);
        }

        public void Dispose()
        {
            _lane.Dispose();
            detector.Dispose();
        }
    }
}
