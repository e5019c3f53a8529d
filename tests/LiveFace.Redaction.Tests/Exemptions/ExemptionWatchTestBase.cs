using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>One face in a frame, and the looks at it.</summary>
public abstract class ExemptionWatchTestBase : IDisposable
{
    private protected const int Me = 1;
    private static readonly string[] Labels = ["face", "mask"];
    private protected static readonly BoxF Here = new(100, 80, 160, 150);
    private protected readonly KnownPeople _people;
    private readonly FramePool _pool = new();
    private protected readonly VideoFrame _frame;
    private readonly FrameMarks _marks = new();
    private protected readonly VisionState _vision = new();
    private protected readonly ExemptionWatch _watch = new();
    private protected readonly FrameTracks _tracks = new();
    private protected PolicySnapshot _policy = Exempting(Me);
    private protected TimeSpan _now = TimeSpan.FromSeconds(5);

    protected ExemptionWatchTestBase(KnownPeople people)
    {
        _people = people;
        _frame = _pool.Rent(320, 240);
        _vision.Add("faces", new ScriptedDetector("faces", Labels));
        Next(cut: false);
    }

    public void Dispose()
    {
        _frame.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static PolicySnapshot Exempting(params int[] tracks) =>
        PolicySnapshot.Create(1, new() { Rules = [new PolicyRule { When = new() { ExceptTrackIds = tracks } }] });

    private protected Track Track(BoxF box) => new(Me, 0, 0, 0.9f, box, box, 0, 0, _now, TimeSpan.Zero, Coasting: false);

    private protected void Known()
    {
        Frame(Track(Here));
        Look(_people.Anna);
        Look(_people.AnnaLater);
        Frame(Track(Here)).ShouldBeTrue();
    }

    private protected void Look(FaceEmbedding? seen) => _watch.Answer(Me, _tracks.Mark, seen);

    private protected void Next(bool cut)
    {
        _now += TimeSpan.FromMilliseconds(33);
        if (cut)
            _marks.BeginEpoch();
        _tracks.Set(_marks.Add(_frame, _now), _frame, []);
    }

    private protected bool Frame(params Track[] tracks)
    {
        Next(cut: false);
        _tracks.Set(_tracks.Mark, _frame, tracks);
        _watch.Follow(_tracks, _policy, _vision);
        return _tracks.IsLeftAlone(Me);
    }
}
