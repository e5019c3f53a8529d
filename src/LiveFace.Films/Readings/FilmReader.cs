using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Readings;

/// <summary>
/// Reads the faces of a film's pictures as they come, for rules that go by an age: one a picture, and each that is in doubt until it
/// was read often enough. Without readers nothing is read, and everybody is hidden.
/// </summary>
internal sealed class FilmReader
{
    // Nobody waits, so a face is read in picture after picture until a rule may go by it, and then twice a second.
    private static readonly ReadingOptions Options = new() { PerSecond = 1000, First = TimeSpan.Zero, Interval = TimeSpan.FromSeconds(0.5) };

    private readonly ReadingWatch _watch = new(Options);
    private readonly IFaceReaderLane? _lane;

    public FilmReader(IFaceReaders? readers) => _lane = readers?.OpenLane();

    /// <summary>Takes the tracks of a picture, which nobody has changed yet, and tells them what is known of their faces.</summary>
    public void See(VideoFrame frame, FrameTracks tracks, PolicySnapshot policy, VisionState state)
    {
        _watch.Follow(tracks, policy, state);
        if (_lane is not null && _watch.TryNext(tracks, out var track))
            _watch.Answer(track.Id, tracks.Mark, _lane.Sample(frame, track.Box, track.Landmarks) ? _lane.Infer() : null);
    }
}
