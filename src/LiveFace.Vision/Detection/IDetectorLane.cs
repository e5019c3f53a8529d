using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// One stream's way through a detector, in two steps: <see cref="Sample"/> copies what the model needs out of the
/// frame and is quick; <see cref="Infer"/> is slow, does not touch the frame and may run on another thread. Between
/// them the frame may be redacted in place.
/// </summary>
public interface IDetectorLane : IDisposable
{
    /// <summary>Windows that are sampled and not inferred yet.</summary>
    int Pending { get; }

    /// <summary>
    /// Makes room for looks at pictures that wide: one input for each window that may be sampled at once. Whatever of
    /// it is sampled later makes nothing anew; room for other inputs goes.
    /// </summary>
    void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs)
    {
    }

    /// <summary>Copies a window of the frame into an input tensor; false when every slot is taken.</summary>
    bool Sample(VideoFrame frame, PixelRect window, InputSize size);

    /// <summary>
    /// Looks at every sampled window, in the order of sampling, and appends what it sees in pixels of the frame,
    /// from the weak threshold up. With a verdict other than <see cref="DetectionVerdict.Seen"/> nothing is known.
    /// </summary>
    DetectionVerdict Infer(DetectionList found);

    /// <summary>Forgets what was sampled.</summary>
    void Reset();
}
