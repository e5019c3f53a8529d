using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Marks the frames of one stream. An epoch ends with a change of size or rotation, a cut that the tracker sees, a silence,
/// and another source: what was found before says nothing about the frames from there on.
/// </summary>
public sealed class FrameMarks
{
    /// <summary>Without a frame for longer than this, what was found before no longer counts.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Tracker? _tracker;
    private FrameMark _last;
    private (int Width, int Height, int Rotation) _geometry;
    private long _scenes;
    private bool _isBroken;

    /// <summary>For the stream that a tracker follows; without one there are no cuts to see.</summary>
    public FrameMarks(Tracker? tracker = null) => _tracker = tracker;

    /// <summary>What is known ends before the next frame: somebody else sends, or something else about it is new.</summary>
    public void BeginEpoch() => _isBroken = true;

    /// <summary>Marks a frame, after the tracker has followed it. Times only ever grow.</summary>
    public FrameMark Add(VideoFrame frame, TimeSpan now, int rotation = 0)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var geometry = (frame.Width, frame.Height, rotation);
        var scenes = _tracker?.Scenes ?? 0;
        var begins = _last.Index == 0 || _isBroken || geometry != _geometry || scenes != _scenes || now - _last.Time > Silence;
        (_isBroken, _geometry, _scenes) = (false, geometry, scenes);
        _last = begins
            ? new FrameMark(_last.Index + 1, now, _last.Epoch + 1, now)
            : new FrameMark(_last.Index + 1, now, _last.Epoch, _last.EpochBegan);
        return _last;
    }
}
