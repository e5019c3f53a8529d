using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

/// <summary>A pool to which every frame of a test must come back.</summary>
public abstract class FramePoolTestBase : IDisposable
{
    private protected readonly FramePool _pool = new();

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }
}
