using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Clips in a folder of their own, and a pool to which every frame that is read must come back.</summary>
public abstract class ClipTestBase : IDisposable
{
    private protected readonly FramePool _pool = new();
    private protected readonly Clips _clips = new();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        _clips.Dispose();
        GC.SuppressFinalize(this);
    }
}
