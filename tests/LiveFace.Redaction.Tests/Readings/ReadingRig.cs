using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Readings;

/// <summary>Frames at 30 a second with faces in them, and a watch that is told what is read of them.</summary>
public abstract class ReadingRig : IDisposable
{
    protected const int Limit = 18;
    protected static BoxF Here { get; } = new(100, 80, 160, 150);
    protected static BoxF There { get; } = new(240, 80, 300, 150);

    private readonly FramePool _pool = new();
    private readonly VideoFrame _frame;
    private readonly FrameMarks _marks = new();
    private readonly VisionState _vision = new();

    protected ReadingRig()
    {
        _frame = _pool.Rent(320, 240);
        _vision.Add("faces", new ScriptedDetector("faces", ["face", "mask"]));
    }

    protected ReadingWatch Watch { get; set; } = new(new ReadingOptions { PerSecond = 30 });

    protected FrameTracks Tracks { get; } = new();

    protected TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(5);

    protected PolicySnapshot Policy { get; set; } = PolicySnapshot.Create(1, Under(Limit));

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _frame.Dispose();
        _pool.Dispose();
    }

    protected static RedactionPolicy Under(int age) => new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = age } }],
    };

    protected static FaceReading Aged(float years, float spread = 4) => new(new AgeReading(years, years - spread, years + spread), null, null);

    protected Track Face(int id, BoxF box, TimeSpan? firstSeen = null) =>
        new(id, 0, 0, 0.9f, box, box, 0, 0, firstSeen ?? Now, TimeSpan.Zero, Coasting: false);

    protected void Cut() => _marks.BeginEpoch();

    protected void Frame(params Track[] tracks)
    {
        Now += TimeSpan.FromMilliseconds(33);
        Tracks.Set(_marks.Add(_frame, Now), _frame, tracks);
        Watch.Follow(Tracks, Policy, _vision);
    }

    protected void Read(int track, FaceReading? reading) => Watch.Answer(track, Tracks.Mark, reading);

    protected bool IsShown(int track, int limit = Limit) => Tracks.IsCertainlyOver(track, limit);
}
