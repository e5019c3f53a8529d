using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>
/// Somebody enrolled with strangers beside them, over 10,000 looks at strangers: the hundred faces of <see cref="LfwPictures"/>, each
/// cut out in ten ways, as a detector's boxes jitter. <c>make enrol</c> measures the same on thousands of photographs.
/// </summary>
public sealed class StrangersTests(KnownPeople people) : IClassFixture<KnownPeople>
{
    private const int Looks = 10_000;
    private const int Ways = 10;
    private const int Me = 1;
    private static readonly BoxF Here = new(20, 80, 80, 150);
    private static readonly BoxF There = new(200, 80, 260, 150);

    [Fact]
    public async Task A_stranger_beside_somebody_enrolled_stays_hidden_in_ten_thousand_looks()
    {
        var strangers = await StrangersAsync();
        strangers.Count.ShouldBeGreaterThan(Ways * LfwPictures.Faces * 3 / 4);
        var anna = FaceTemplate.Of([people.Anna, people.AnnaLater]);
        var watch = new ExemptionWatch(people: person => person == "anna" ? anna : null);
        var policy = PolicySnapshot.Create(1, new() { Rules = [new PolicyRule { When = new() { ExceptPeople = ["anna"] } }] });
        var (vision, marks, tracks, now) = (new VisionState(), new FrameMarks(), new FrameTracks(), TimeSpan.FromSeconds(1));
        vision.Add("faces", new ScriptedDetector("faces", ["face"]));
        using var pool = new FramePool();
        using var frame = pool.Rent(320, 240);
        var (shown, hidden) = (0, 0);

        for (var look = 0; look < Looks; look++)
        {
            now += TimeSpan.FromMilliseconds(33);
            // The stranger keeps their track for a second, so that looks at one face follow one another.
            var stranger = 2 + look / 30;
            tracks.Set(marks.Add(frame, now), frame, [Track(Me, Here), Track(stranger, There)]);
            watch.Follow(tracks, policy, vision);
            tracks.PersonOf(stranger).ShouldBeNull($"look {look}");
            _ = tracks.PersonOf(Me) is null ? hidden++ : shown++;
            watch.Answer(Me, tracks.Mark, look % 2 == 0 ? people.Anna : people.AnnaLater);
            watch.Answer(stranger, tracks.Mark, strangers[look % strangers.Count]);
        }

        shown.ShouldBe(Looks - 2);
        hidden.ShouldBe(2);

        Track Track(int id, BoxF box) => new(id, 0, 0, 0.9f, box, box, 0, 0, now, TimeSpan.Zero, Coasting: false);
    }

    private static async Task<List<FaceEmbedding>> StrangersAsync()
    {
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(null));
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = "cpu" });
        var identifier = await FaceIdentifier.OpenAsync(catalogue, sessions, progress: null, TestContext.Current.CancellationToken);
        using var lane = identifier.OpenLane();
        using var pool = new FramePool();
        var seen = new List<FaceEmbedding>();
        var random = new Random(1);
        for (var face = 0; face < LfwPictures.Faces; face++)
        {
            using var picture = LfwPictures.Read(pool, face, side: 160);
            for (var way = 0; way < Ways; way++)
            {
                float By() => (random.NextSingle() - 0.5f) * 10;
                if (lane.Sample(picture, new BoxF(16 + By(), 8 + By(), 144 + By(), 152 + By())) && lane.Infer())
                    seen.Add(lane.Seen.Copy());
            }
        }

        return seen;
    }
}
