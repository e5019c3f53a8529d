using System.Diagnostics;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>
/// Does the bare work on each frame half a frame's time after the room was done with it, so that both find what a frame at a
/// time leaves in the caches, and neither stands in the other's way. All that this process spends outside this thread
/// is the room's.
/// </summary>
internal sealed class BareThread(RoomTape tape, int framesABlock, int warmUpBlocks, int blocks) : IDisposable
{
    private const string ThreadName = "bare";
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(1 / 30.0);

    private readonly BareWork _work = new();
    private readonly ManualResetEvent _never = new(initialState: false);
    private readonly TaskCompletionSource<List<Reading>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, double> _threadsBefore = [];
    private long _lastDone;

    public BareWork Work => _work;

    /// <summary>What each of the other threads took, in milliseconds a frame; there once the readings are.</summary>
    public IReadOnlyList<(string Name, double Milliseconds)> Threads { get; private set; } = [];

    /// <summary>Readings between blocks of frames, once all are there.</summary>
    public Task<List<Reading>> RunAsync()
    {
        new Thread(Run) { IsBackground = true, Name = ThreadName }.Start();
        return _done.Task;
    }

    public void Dispose()
    {
        _work.Dispose();
        _never.Dispose();
    }

    private void Run()
    {
        try
        {
            var readings = new List<Reading>();
            for (var block = -warmUpBlocks; ; block++)
            {
                if (block == 0)
                    _threadsBefore = ThreadTimes.Read();
                if (block >= 0)
                    readings.Add(Read());
                if (block == blocks)
                    break;
                for (var i = 0; i < framesABlock; i++)
                    Next();
            }

            Threads = [.. ThreadTimes.Since(_threadsBefore, framesABlock * (long)blocks).Where(thread => thread.Name != ThreadName)];
            _done.SetResult(readings);
        }
#pragma warning disable CA1031 // Whoever waits for the readings gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _done.SetException(error);
        }
    }

    private void Next()
    {
        var left = TimeSpan.FromTicks(3 * Frame.Ticks / 2) - Stopwatch.GetElapsedTime(_lastDone);
        if (left > TimeSpan.Zero)
            _never.WaitOne(left);
        TapedFrame? frame;
        while (!tape.Frames.TryDequeue(out frame))
            _never.WaitOne(TimeSpan.FromMilliseconds(2));
        _lastDone = frame.DoneAt;
        _work.Do(frame, tape.Detector!);
        tape.Return(frame);
    }

    private Reading Read() => new(
        CpuClock.Process - CpuClock.Thread, tape.Decoding, tape.Filling, tape.Looking, tape.Encoding,
        _work.Decoding, _work.Looking, _work.Encoding, _work.Frames);
}
