namespace LiveFace.Media.Frames;

/// <summary>
/// A picture that is safe to show. It is the only thing that an encoder of any kind accepts, and only
/// LiveFace.Redaction can reach the constructor: that is how "no unredacted pixel ever leaves" is kept by the
/// compiler. The holder of this value does not own the frame's reference; whoever made it does.
/// </summary>
public readonly struct RedactedFrame
{
    private readonly VideoFrame? _frame;

    internal RedactedFrame(VideoFrame frame) => _frame = frame;

    /// <summary>The picture, with everything hidden that the policy hides.</summary>
    /// <exception cref="InvalidOperationException">The value was not made by the redactor.</exception>
    public VideoFrame Picture =>
        _frame ?? throw new InvalidOperationException("An empty RedactedFrame: only the redactor makes real ones.");
}
