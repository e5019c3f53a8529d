using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// The brightness of the last two frames, and of the frame that each detector is still looking at, so that a late answer
/// can be carried over to the picture of its day. The buffers go round.
/// </summary>
internal sealed class FrameMemory
{
    private readonly LumaPyramid[] _pyramids;
    private readonly KeptFrame[] _kept;

    public FrameMemory(int sources)
    {
        _kept = new KeptFrame[sources];
        _pyramids = new LumaPyramid[2 + sources];
        for (var i = 0; i < _pyramids.Length; i++)
            _pyramids[i] = new LumaPyramid();
        Current = Previous = _pyramids[0];
    }

    public LumaPyramid Current { get; private set; }

    public LumaPyramid Previous { get; private set; }

    /// <summary>Whether both frames are there and of one size.</summary>
    public bool IsComparable => !Previous.IsEmpty && !ReferenceEquals(Previous, Current) && IsLikeCurrent(Previous);

    public bool KeepsAny
    {
        get
        {
            foreach (ref readonly var kept in _kept.AsSpan())
                if (kept.Picture is not null)
                    return true;
            return false;
        }
    }

    public void Read(VideoFrame frame)
    {
        // One buffer holds the last frame and each source may keep one; what is left is free for this frame.
        Previous = Current;
        foreach (var pyramid in _pyramids)
        {
            if (ReferenceEquals(pyramid, Previous) || IsKept(pyramid))
                continue;
            Current = pyramid;
            break;
        }

        Current.Read(frame);
    }

    public void Keep(int source, TimeSpan at) =>
        _kept[source] = new KeptFrame(Current.IsEmpty ? null : Current, at, CameraShift.None);

    public void Release(int source) => _kept[source] = default;

    /// <summary>Adds the camera's last movement to what it moved since each kept frame.</summary>
    public void Move(CameraShift camera)
    {
        foreach (ref var kept in _kept.AsSpan())
            kept.Since = kept.Since.Then(camera);
    }

    /// <summary>The kept frame of that time, where it can be compared with the current one.</summary>
    public LumaPyramid? KeptAt(int source, TimeSpan at) =>
        _kept[source] is { Picture: { } picture } kept && kept.At == at && IsLikeCurrent(picture) ? picture : null;

    /// <summary>How the camera moved since the frame of that time, as far as it is known.</summary>
    public CameraShift CameraSince(int source, TimeSpan at) =>
        _kept[source] is { Picture: not null } kept && kept.At == at ? kept.Since : CameraShift.None;

    public void Clear()
    {
        Array.Clear(_kept);
        foreach (var pyramid in _pyramids)
            pyramid.Clear();
    }

    private bool IsLikeCurrent(LumaPyramid picture) =>
        picture.FrameWidth == Current.FrameWidth && picture.FrameHeight == Current.FrameHeight;

    private bool IsKept(LumaPyramid pyramid)
    {
        foreach (ref readonly var kept in _kept.AsSpan())
            if (ReferenceEquals(kept.Picture, pyramid))
                return true;
        return false;
    }

    private record struct KeptFrame(LumaPyramid? Picture, TimeSpan At, CameraShift Since);
}
