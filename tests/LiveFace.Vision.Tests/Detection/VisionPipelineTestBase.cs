using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A pipeline with a detector that answers what it is told.</summary>
public abstract class VisionPipelineTestBase : IDisposable
{
    private protected static readonly TimeSpan Step = TimeSpan.FromMilliseconds(40);
    private protected static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);
    private protected static readonly DetectedObject Face = new(new BoxF(300, 200, 340, 250), 0, 0.9f);
    private protected readonly FramePool _pool = new();
    private protected readonly VideoFrame _frame;
    private protected readonly FakeDetector _fake = new();
    private protected readonly VisionPipeline _pipeline;

    protected VisionPipelineTestBase()
    {
        _frame = _pool.Rent(640, 480);
        FrameCopy.Fill(_frame, 90, 128, 128);
        _pipeline = new VisionPipeline([_fake], new VisionOptions(), TimeProvider.System);
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _frame.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }
}
