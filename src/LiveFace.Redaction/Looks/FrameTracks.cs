using System.Runtime.InteropServices;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Looks;

/// <summary>The tracks as they stood for one frame, kept while the frame waits for its turn to be shown.</summary>
public sealed class FrameTracks
{
    private readonly List<int> _leftAlone = new(4);
    private readonly List<KnownFace> _faces = new(32);
    private readonly List<(int Track, string Person)> _known = new(4);
    private Track[] _tracks = [];
    private int _count;

    /// <summary>Which frame.</summary>
    public FrameMark Mark { get; private set; }

    /// <summary>Whether the tracker left out what was found, because it follows as much as it can.</summary>
    internal bool LeavesOut { get; private set; }

    /// <summary>The tracks.</summary>
    public ReadOnlySpan<Track> Tracks => _tracks.AsSpan(0, _count);

    /// <summary>Whether a track that a rule exempts is left alone in this frame: nobody but <see cref="ExemptionWatch"/> says so.</summary>
    public bool IsLeftAlone(int track) => _leftAlone.Contains(track);

    /// <summary>Which enrolled person a track is known to be in this frame; null for nobody of whom it is known.</summary>
    public string? PersonOf(int track)
    {
        foreach (var (known, person) in _known)
            if (known == track)
                return person;
        return null;
    }

    internal void LeaveAlone(int track) => _leftAlone.Add(track);

    /// <summary>What was read of a track, if anything was: nobody but <see cref="ReadingWatch"/> and who reads a picture say so.</summary>
    public bool TryReading(int track, out FaceReading reading)
    {
        foreach (ref readonly var face in CollectionsMarshal.AsSpan(_faces))
            if (face.Track == track && face.Reading != default)
            {
                reading = face.Reading;
                return true;
            }

        reading = default;
        return false;
    }

    /// <summary>Whether a track's face is known to be older than that in this frame; every doubt says no.</summary>
    internal bool IsCertainlyOver(int track, int age)
    {
        foreach (ref readonly var face in CollectionsMarshal.AsSpan(_faces))
            if (face.Track == track)
                return face.CertainlyOver >= age;
        return false;
    }

    internal void Tell(int track, in FaceReading reading, int? certainlyOver) => _faces.Add(new(track, reading, certainlyOver));

    internal void Know(int track, string person) => _known.Add((track, person));

    /// <summary>The frame's brightness, by which a place is told from what a look saw there.</summary>
    internal CellPicture Cells { get; } = new();

    /// <summary>The frame's picture where it waits for others, to look in it for what they find.</summary>
    internal FramePicture Picture { get; } = new();

    /// <summary>Pixels across.</summary>
    internal int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    internal int Height { get; private set; }

    /// <summary>
    /// Takes a copy of what a pipeline knows about the frame that it followed last; of the frame's picture too where it
    /// <paramref name="waits"/> for frames behind it.
    /// </summary>
    public void Set(VisionPipeline pipeline, VideoFrame frame, bool waits)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Wait(frame, waits);
        Keep(pipeline.Mark, frame, pipeline.Tracks, pipeline.LeavesOut);
        Cells.CopyFrom(pipeline.Cells);
    }

    /// <summary>
    /// Takes a copy, and reads the frame's brightness; its picture too where it <paramref name="waits"/>. Tracks are the word of
    /// whoever follows: they add masks, vouch for no place and exempt nobody, and what a look found is hidden with or without them.
    /// </summary>
    public void Set(in FrameMark mark, VideoFrame frame, ReadOnlySpan<Track> tracks, bool leavesOut = false, bool waits = false)
    {
        Wait(frame, waits);
        Keep(mark, frame, tracks, leavesOut);
        Cells.Read(frame);
    }

    /// <summary>Whether a track of that number stood in the frame already.</summary>
    internal bool Has(int track)
    {
        foreach (ref readonly var one in Tracks)
            if (one.Id == track)
                return true;
        return false;
    }

    private void Wait(VideoFrame frame, bool waits)
    {
        if (waits)
            Picture.Read(frame);
        else
            Picture.Clear();
    }

    private void Keep(in FrameMark mark, VideoFrame frame, ReadOnlySpan<Track> tracks, bool leavesOut)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Mark = mark;
        (Width, Height) = (frame.Width, frame.Height);
        _leftAlone.Clear();
        _faces.Clear();
        _known.Clear();
        if (_tracks.Length < tracks.Length)
            _tracks = new Track[Math.Max(tracks.Length, 32)];
        tracks.CopyTo(_tracks);
        _count = tracks.Length;
        LeavesOut = leavesOut;
    }

    private readonly record struct KnownFace(int Track, FaceReading Reading, int? CertainlyOver);
}
