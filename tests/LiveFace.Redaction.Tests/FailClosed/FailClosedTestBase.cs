using LiveFace.Media.Frames;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Tests.FailClosed;

/// <summary>The rules under a detector that answers, fails or is silent.</summary>
public abstract class FailClosedTestBase : IDisposable
{
    private protected static readonly PolicySnapshot Faces = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
    private readonly FramePool _pool = new();
    private protected readonly ScriptedSight _sight = new();
    private protected VideoFrame? _frame;
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    protected FailClosedTestBase() => _sight.Add("faces", "face");

    private protected FailClosedRules Rules => _sight.State.Rules;

    public void Dispose()
    {
        _frame?.Dispose();
        _sight.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected FrameMark Detected(int scene = 0)
    {
        var mark = Frame(scene: scene);
        Answer();
        return mark;
    }

    private protected void Answer()
    {
        _sight.Sample(_frame!);
        _sight.Answer("faces").ShouldBeTrue();
    }

    /// <summary>A frame comes, with another pattern in each scene.</summary>
    private protected FrameMark Frame(int afterMs = 33, int width = 320, int height = 240, int rotation = 0, int scene = 0)
    {
        _now += TimeSpan.FromMilliseconds(afterMs);
        _frame?.Dispose();
        _frame = _pool.Rent(width, height);
        FrameCopy.Fill(_frame, 128, 128, 128);
        for (var y = 0; y < height; y++)
        {
            var row = _frame.RowY(y);
            for (var x = 0; x < width; x++)
                row[x] = (byte)(((scene == 0 ? x : y) / 40 & 1) == 0 ? 40 : 210);
        }

        return _sight.Follow(_frame, _now, rotation);
    }
}
