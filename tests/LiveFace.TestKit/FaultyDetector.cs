using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.TestKit;

public enum Fault
{
    None,

    /// <summary>An answer only when the test lets one through.</summary>
    Slow,

    /// <summary>Never an answer.</summary>
    Stuck,

    Throwing,

    /// <summary>Boxes that are not numbers, and a verdict that they are sound.</summary>
    NotANumber,

    /// <summary>Sure of more things than anybody can keep apart, none of which is the face.</summary>
    Everywhere,

    /// <summary>An answer that nothing is there.</summary>
    Blind,
}

/// <summary>A real detector whose answers a test can spoil.</summary>
public sealed class FaultyDetector(IDetector inner) : IDetector
{
    private readonly SemaphoreSlim _permits = new(0);
    private readonly CancellationTokenSource _end = new();

    private volatile Fault _fault;

    public Fault Fault
    {
        get => _fault;
        set => _fault = value;
    }

    public string ModelId => inner.ModelId;

    public IReadOnlyList<string> Labels => inner.Labels;

    public DetectionThresholds Thresholds => inner.Thresholds;

    public InputSize InputSize => inner.InputSize;

    public int InputStep => inner.InputStep;

    public int SmallestFace => inner.SmallestFace;

    public bool TakesTurns => inner.TakesTurns;

    public IDetectorLane OpenLane(int slots) => new Lane(this, inner.OpenLane(slots));

    /// <summary>Lets one slow answer through.</summary>
    public void LetOneThrough() => _permits.Release();

    /// <summary>Frees whoever is stuck; the inner detector is the caller's.</summary>
    public void Dispose() => _end.Cancel();

    private sealed class Lane(FaultyDetector owner, IDetectorLane inner) : IDetectorLane
    {
        public int Pending => inner.Pending;

        public void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs, ReadOnlySpan<InputSize> turned) =>
            inner.Prepare(pictureWidth, inputs, turned);

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size) => inner.Sample(frame, window, size);

        public bool Sample(VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns) => inner.Sample(frame, window, size, turns);

        public void Reset() => inner.Reset();

        public void Dispose() => inner.Dispose();

        public DetectionVerdict Infer(DetectionList found)
        {
            switch (owner.Fault)
            {
                case Fault.Slow:
                    owner._permits.Wait(owner._end.Token);
                    return inner.Infer(found);
                case Fault.Stuck:
                    owner._end.Token.WaitHandle.WaitOne();
                    return DetectionVerdict.Failed;
                case Fault.Throwing:
                    throw new InvalidOperationException("The detector was told to throw.");
                case Fault.NotANumber:
                    found.Add(new DetectedObject(new BoxF(float.NaN, 10, 20, float.NaN), 0, 0.9f));
                    return DetectionVerdict.Seen;
                case Fault.Everywhere:
                    for (var i = 0; i < 20_000; i++)
                        found.Add(new DetectedObject(new BoxF(i % 200, i / 200, i % 200 + 1, i / 200 + 1), 0, 1));
                    return inner.Infer(found);
                case Fault.Blind:
                    inner.Infer(new DetectionList());
                    return DetectionVerdict.Seen;
                default:
                    return inner.Infer(found);
            }
        }
    }
}
