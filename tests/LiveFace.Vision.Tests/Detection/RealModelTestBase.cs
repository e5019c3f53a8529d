using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Models as they ship, and a portrait.</summary>
public abstract class RealModelTestBase : IDisposable
{
    // Her face, read off the picture by eye.
    private protected static readonly BoxF Face = new(178, 68, 272, 178);

    private protected readonly FramePool _pool = new();

    public void Dispose()
    {
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static DetectionList Look(OnnxDetector detector, VideoFrame frame, InputSize size)
    {
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), size).ShouldBeTrue();
        lane.Infer(found).ShouldBe(DetectionVerdict.Seen);
        return found;
    }

    private protected VideoFrame ReadPortrait() => ImageFile.Decode(File.ReadAllBytes(Portrait.Path), _pool);
}
