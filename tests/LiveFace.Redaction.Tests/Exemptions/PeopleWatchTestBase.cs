using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>Two faces in a frame, those who are enrolled, and the looks at them.</summary>
public abstract class PeopleWatchTestBase : IDisposable
{
    private protected const int Me = 1;
    private protected const int Other = 2;
    private protected static readonly BoxF Here = new(20, 80, 80, 150);
    private protected readonly KnownPeople _people;
    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private protected readonly FrameMarks _marks = new();
    private readonly VisionState _vision = new();
    private protected readonly ExemptionWatch _watch;
    private protected readonly FrameTracks _tracks = new();
    private protected readonly Dictionary<string, FaceTemplate> _enrolled = [];
    private protected PolicySnapshot _policy = Naming("anna");
    private TimeSpan _now = TimeSpan.FromSeconds(5);

    protected PeopleWatchTestBase(KnownPeople people)
    {
        _people = people;
        _frame = _pool.Rent(320, 240);
        _vision.Add("faces", new ScriptedDetector("faces", ["face", "mask"]));
        _enrolled["anna"] = FaceTemplate.Of([people.Anna, people.AnnaLater]);
        _watch = new ExemptionWatch(people: _enrolled.GetValueOrDefault);
        Frame();
    }

    public void Dispose()
    {
        _frame.Dispose();
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static PolicySnapshot Naming(params string[] people) =>
        PolicySnapshot.Create(1, new() { Rules = [new PolicyRule { When = new() { ExceptPeople = people } }] });

    private protected Track Track(int id, BoxF box) => new(id, 0, 0, 0.9f, box, box, 0, 0, _now, TimeSpan.Zero, Coasting: false);

    private protected void Look(FaceEmbedding? seen, int track = Me) => _watch.Answer(track, _tracks.Mark, seen);

    private protected string? Frame(int id, BoxF box)
    {
        Frame(Track(id, box));
        return _tracks.PersonOf(id);
    }

    private protected void Frame(params Track[] tracks)
    {
        _now += TimeSpan.FromMilliseconds(33);
        _tracks.Set(_marks.Add(_frame, _now), _frame, tracks);
        _watch.Follow(_tracks, _policy, _vision);
    }
}
