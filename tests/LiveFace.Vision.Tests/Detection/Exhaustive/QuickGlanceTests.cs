using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

public sealed class QuickGlanceTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly FakeDetector _thorough = new() { SmallestFace = 8 };
    private readonly FakeDetector _quick = new() { SmallestFace = 16, Thresholds = new DetectionThresholds(0.7f, 0.2f, 0.4f) };

    [Fact]
    public void A_quicker_detector_glances_and_the_other_one_looks_thoroughly()
    {
        using var look = new ExhaustiveLook(_thorough, _pool, quick: _quick);
        using var frame = _pool.Rent(640, 480);
        var mark = new FrameMarks().Add(frame, TimeSpan.Zero);

        var glanced = look.Glance(frame, mark, smallestFace: 16, TestContext.Current.CancellationToken);
        (_quick.Asked.Count, _thorough.Asked.Count).ShouldBe((1, 0));
        look.Strong.ShouldBe(0.7f);
        glanced.Windows.ToArray().ShouldBe([new LookedWindow(new PixelRect(0, 0, 640, 480), 16)], "what it promises is the quicker one's");
        glanced.Detector.ShouldBe(_thorough, "it looked in that one's place");

        look.See(frame, mark, TestContext.Current.CancellationToken);
        _quick.Asked.Count.ShouldBe(1);
        _thorough.Asked.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_face_too_small_for_its_glance_is_looked_for_thoroughly()
    {
        using var look = new ExhaustiveLook(_thorough, _pool, quick: _quick);
        using var frame = _pool.Rent(640, 480);
        look.Glance(frame, new FrameMarks().Add(frame, TimeSpan.Zero), smallestFace: 2, TestContext.Current.CancellationToken);
        (_quick.Asked.Count, _thorough.Asked.Count > 0).ShouldBe((0, true));
    }

    public void Dispose() => _pool.Dispose();
}
