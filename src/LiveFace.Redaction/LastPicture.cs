using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction;

/// <summary>
/// The last picture that went out, whole and without its watermark, which stands in for what was not looked at, as long as policy and
/// epoch are the same.
/// </summary>
internal sealed class LastPicture(FramePool pool) : IDisposable
{
    private VideoFrame? _picture;
    private VideoFrame? _next;
    private PolicySnapshot? _policy;
    private long _epoch;

    /// <summary>The picture, if it may stand in for places of this one.</summary>
    public VideoFrame? For(VideoFrame frame, PolicySnapshot policy, long epoch) =>
        _picture is { } last && ReferenceEquals(_policy, policy) && _epoch == epoch && last.Width == frame.Width && last.Height == frame.Height
            ? last
            : null;

    /// <summary>Copies a picture that is about to be changed for good, to be kept in its place.</summary>
    public VideoFrame Copy(VideoFrame frame)
    {
        _next?.Dispose();
        _next = pool.Rent(frame.Width, frame.Height);
        FrameCopy.Copy(frame, _next);
        return _next;
    }

    /// <summary>Keeps a picture, or its copy; null keeps none.</summary>
    public void Keep(VideoFrame? frame, PolicySnapshot policy, long epoch)
    {
        _picture?.Dispose();
        _picture = frame is null ? null : _next ?? frame.AddReference();
        if (frame is null)
            _next?.Dispose();
        _next = null;
        (_policy, _epoch) = (policy, epoch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture?.Dispose();
        _next?.Dispose();
        (_picture, _next) = (null, null);
    }
}
