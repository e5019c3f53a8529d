using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// One stream's way through a detector, in two steps: <see cref="Sample(VideoFrame,PixelRect,InputSize)"/> copies what the model needs out of the
/// frame and is quick; <see cref="Infer"/> is slow, does not touch the frame and may run on another thread. Between
/// them the frame may be redacted in place.
/// </summary>
public interface IDetectorLane : IDisposable
{
    /// <summary>Windows that are sampled and not inferred yet.</summary>
    int Pending { get; }

    /// <summary>
    /// Makes room for looks at pictures that wide: one input for each window that may be sampled at once. Whatever of
    /// it is sampled later makes nothing anew; room for other inputs goes. <paramref name="turned"/> are those that turned windows
    /// are brought to.
    /// </summary>
    void Prepare(int pictureWidth, ReadOnlySpan<InputSize> inputs, ReadOnlySpan<InputSize> turned)
    {
    }

    /// <summary>Copies a window of the frame into an input tensor; false when every slot is taken.</summary>
    bool Sample(VideoFrame frame, PixelRect window, InputSize size);

    /// <summary>
    /// The same, turned: what lies on its side in the frame stands upright in the tensor. What is found is led back to the
    /// frame, and says how it was turned. False from models that take no turned windows (<see cref="IDetector.TakesTurns"/>).
    /// </summary>
    bool Sample(VideoFrame frame, PixelRect window, InputSize size, QuarterTurns turns) =>
        turns == QuarterTurns.None && Sample(frame, window, size);

    /// <summary>
    /// Looks at every sampled window, in the order of sampling, and appends what it sees in pixels of the frame,
    /// from the weak threshold up. With a verdict other than <see cref="DetectionVerdict.Seen"/> nothing is known.
    /// </summary>
    DetectionVerdict Infer(DetectionList found);

    /// <summary>Forgets what was sampled.</summary>
    void Reset();
}
