using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>A pipeline with a detector that keeps what it was asked to look at.</summary>
public abstract class LookPaceTestBase : IDisposable
{
    private protected static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(8);
    private protected static readonly InputSize Small = new(320, 256);
    private readonly FramePool _pool = new();
    private protected readonly VideoFrame _frame;
    private protected readonly FakeDetector _fake = new();
    private protected readonly VisionPipeline _pipeline;
    private int _frames;

    protected LookPaceTestBase()
    {
        _frame = _pool.Rent(640, 480);
        FrameCopy.Fill(_frame, 90, 128, 128);
        for (var y = 0; y < 480; y++)
            for (var x = 0; x < 640; x++)
                _frame.RowY(y)[x] = (byte)(60 + (x / 20 + y / 15) % 7 * 20);
        _pipeline = ClipStage.Pipeline(_fake);
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _frame.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Calm(VisionPipeline? pipeline = null)
    {
        for (var look = 0; look < 64; look++)
            Look(LookPace.ByNeed, pipeline);
    }

    private protected (PixelRect Window, InputSize Size)[] Look(LookPace pace, VisionPipeline? pipeline = null)
    {
        pipeline ??= _pipeline;
        _fake.Asked.Clear();
        pipeline.Follow(_frame, TimeSpan.FromSeconds(++_frames / 30.0));
        pipeline.Sample(_frame, Budget, pace).ShouldBeTrue();
        pipeline.Eyes[0].Infer();
        pipeline.Apply();
        return [.. _fake.Asked];
    }

    private protected void Paint(int x, int y, int side, byte more = 90)
    {
        for (var row = y; row < y + side; row++)
            foreach (ref var luma in _frame.RowY(row).Slice(x, side))
                luma = (byte)(luma + more);
    }
}
