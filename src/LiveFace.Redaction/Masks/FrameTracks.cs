using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
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

    /// <summary>The frame's brightness, by which a place is told from what a look saw there.</summary>
    internal CellPicture Cells { get; } = new();

    /// <summary>Pixels across.</summary>
    internal int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    internal int Height { get; private set; }

    /// <summary>Takes a copy of what a pipeline knows about the frame that it followed last.</summary>
    public void Set(VisionPipeline pipeline, VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Keep(pipeline.Mark, frame, pipeline.Tracks, pipeline.LeavesOut);
        Cells.CopyFrom(pipeline.Cells);
    }

    /// <summary>Takes a copy, and reads the frame's brightness.</summary>
    public void Set(in FrameMark mark, VideoFrame frame, ReadOnlySpan<Track> tracks, bool leavesOut = false)
    {
        Keep(mark, frame, tracks, leavesOut);
        Cells.Read(frame);
    }

    private void Keep(in FrameMark mark, VideoFrame frame, ReadOnlySpan<Track> tracks, bool leavesOut)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Mark = mark;
        (Width, Height) = (frame.Width, frame.Height);
        if (_tracks.Length < tracks.Length)
            _tracks = new Track[Math.Max(tracks.Length, 32)];
        tracks.CopyTo(_tracks);
        _count = tracks.Length;
        LeavesOut = leavesOut;
    }
}
