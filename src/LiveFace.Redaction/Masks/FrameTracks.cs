using LiveFace.Redaction.FailClosed;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Masks;

/// <summary>The tracks as they stood for one frame, kept while the frame waits for its turn to be shown.</summary>
public sealed class FrameTracks
{
    private Track[] _tracks = [];
    private int _count;

    /// <summary>Which frame.</summary>
    public FrameMark Mark { get; private set; }

    /// <summary>Whether the tracker left out what was found, because it follows as much as it can.</summary>
    public bool LeavesOut { get; private set; }

    /// <summary>The tracks.</summary>
    public ReadOnlySpan<Track> Tracks => _tracks.AsSpan(0, _count);

    /// <summary>Takes a copy.</summary>
    public void Set(in FrameMark mark, ReadOnlySpan<Track> tracks, bool leavesOut = false)
    {
        Mark = mark;
        if (_tracks.Length < tracks.Length)
            _tracks = new Track[Math.Max(tracks.Length, 32)];
        tracks.CopyTo(_tracks);
        _count = tracks.Length;
        LeavesOut = leavesOut;
    }
}
