using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A face that a detector sees in some turns of the picture.</summary>
public abstract class TurnedLooksTestBase : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(33);
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);
    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;

    private protected readonly FakeDetector _fake = new()
    {
        TakesTurns = true, SmallestFace = 8, Thresholds = new DetectionThresholds(0.5f, 0.2f, 0.4f) { Live = new HidingBar(0.25f, 1.1f), Heights = new HeightRange(8, 400) },
    };

    private protected readonly VisionPipeline _pipeline;
    private int _frames;

    protected TurnedLooksTestBase()
    {
        _frame = _pool.Rent(640, 480);
        FrameCopy.Fill(_frame, 90, 128, 128);

        // Something to follow in the picture.
        var random = new Random(3);
        for (var y = 0; y < _frame.Height; y++)
            random.NextBytes(_frame.RowY(y));
        _pipeline = new VisionPipeline([_fake], new VisionOptions(), TimeProvider.System);
        _pipeline.Eyes[0].Scheduler.Learn(320 * 240, TimeSpan.FromMilliseconds(1.8));
    }

    private protected void See(int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            _pipeline.Follow(_frame, ++_frames * Step);
            if (_pipeline.Sample(_frame, Budget, LookPace.ByNeed))
                _pipeline.Eyes[0].Infer();
            _pipeline.Apply();
        }
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _frame.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }
}
