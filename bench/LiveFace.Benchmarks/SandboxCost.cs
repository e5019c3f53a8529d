using System.Diagnostics;
using LiveFace.Benchmarks.FrameCost;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;

namespace LiveFace.Benchmarks;

/// <summary>
/// What decoding in workers costs beside decoding in place: `-- sandbox-cost [streams] [seconds]`. Each stream is a thread
/// that decodes a camera's clip (VP8, 640×480) at 30 frames a second; the two ways take turns by the second, on the same
/// frames. Processor time is that of this process and of the workers; time is what the thread waits for its picture.
/// </summary>
internal static class SandboxCost
{
    internal const int FramesPerSecond = 30;

    public static int Run(int streams, int seconds)
    {
        using var pool = new FramePool();
        using var sandbox = new DecoderSandbox(SandboxMode.Required, WorkerCommand.Beside("liveface"));
        sandbox.Warm();
        var clip = CameraClip.Make();
        var lanes = Enumerable.Range(0, streams).Select(_ => new SandboxLane(sandbox, pool, clip)).ToList();
        foreach (var lane in lanes)
            lane.Begin();
        var blocks = new List<(Reading Here, Reading There)>();
        for (var second = 0; second < seconds; second++)
            blocks.Add((Block(lanes, inWorkers: false), Block(lanes, inWorkers: true)));
        foreach (var lane in lanes)
            lane.Dispose();

        blocks.RemoveRange(0, Math.Min(3, blocks.Count - 1));
        Console.WriteLine("| streams | decoded | processor, ms a frame | median wait, ms | 95 of 100 within, ms |\n| --- | --- | --- | --- | --- |");
        Row("in the server", blocks.ConvertAll(block => block.Here));
        Row("in workers", blocks.ConvertAll(block => block.There));
        return 0;

        void Row(string where, List<Reading> readings) => Console.WriteLine(
            $"| {streams} | {where} | {Median(readings.ConvertAll(r => r.Processor)):F3} | {Median(readings.ConvertAll(r => r.Wait)):F3} | {Median(readings.ConvertAll(r => r.LongWait)):F3} |");
    }

    private static Reading Block(List<SandboxLane> lanes, bool inWorkers)
    {
        var before = lanes.Sum(lane => lane.WorkerTime) + CpuClock.Process;
        var threads = lanes.ConvertAll(lane =>
        {
            var thread = new Thread(() => lane.Second(inWorkers));
            thread.Start();
            return thread;
        });
        foreach (var thread in threads)
            thread.Join();
        var used = lanes.Sum(lane => lane.WorkerTime) + CpuClock.Process - before;
        var waits = lanes.SelectMany(lane => lane.Waits).Order().ToList();
        return new Reading(used / waits.Count, Median(waits), waits[waits.Count * 95 / 100]);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private readonly record struct Reading(double Processor, double Wait, double LongWait);
}
