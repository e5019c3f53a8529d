using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Pictures;

public sealed class PictureReadingTests
{
    private static readonly byte[] Original = File.ReadAllBytes(Portrait.Path);

    private static readonly Dictionary<string, RedactionPolicy> Policies = new(StringComparer.Ordinal)
    {
        ["usual"] = PolicyPresets.BlurFaces,
        ["boxes alone"] = PolicyPresets.OverlayBoxes,
        ["covered"] = PolicyPresets.CoverEverything,
        ["too sure"] = Faces(new RuleWhen { MinScore = 1 }),
        ["sure"] = Faces(new RuleWhen { MinScore = 0.2f }),
        ["but faces"] = Faces(new RuleWhen { ExceptClasses = ["face"] }),
        ["faces by name"] = Faces(new RuleWhen { Classes = ["Face"] }),
        ["a track"] = Faces(new RuleWhen { TrackIds = [1] }),
        ["but a track"] = Faces(new RuleWhen { ExceptTrackIds = [1] }),
    };

    public static TheoryData<string> Names => [.. Policies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_face_is_told_as_hidden_exactly_when_redaction_hides_it(string name)
    {
        var (policy, models) = (Policies[name], await PictureRedactionTests.FacesAsync());
        var face = Read(policy, models).Finds.Where(find => find.Box.IntersectionOverUnion(Portrait.Face) > 0.4f).ShouldHaveSingleItem();
        var shown = Portrait.FaceIn(PictureRedaction.Redact(Original, policy, models, cancel: TestContext.Current.CancellationToken).File);
        (shown < Likeness.Shown).ShouldBe(face.IsHidden, $"likeness {shown}");
    }

    [Fact]
    public async Task A_quick_look_finds_the_face_and_leaves_out_what_a_room_would_not_hide()
    {
        var models = await PictureRedactionTests.FacesAsync();
        var finds = Read(PolicyPresets.BlurFaces, models, quick: true).Finds;
        finds.ShouldContain(find => find.Box.IntersectionOverUnion(Portrait.Face) > 0.4f);
        finds.ShouldAllBe(find => find.Score >= models[0].Detector.Thresholds.Live.For(find.Box, 512 * 512));
    }

    [Theory]
    [InlineData(nameof(Fault.Throwing))]
    [InlineData(nameof(Fault.NotANumber))]
    public async Task A_model_that_cannot_look_is_no_answer_that_nothing_is_there(string fault)
    {
        using var faulty = new FaultyDetector(await RealModels.FacesAsync()) { Fault = Enum.Parse<Fault>(fault) };
        Should.Throw<FileRedactionException>(() => Read(PolicyPresets.BlurFaces, [new FileModel("faces", faulty)]));
        Should.Throw<FileRedactionException>(() => Read(PolicyPresets.BlurFaces, [new FileModel("faces", faulty)], quick: true));
    }

    private static RedactionPolicy Faces(RuleWhen when) => new()
    {
        Rules = [new PolicyRule { When = when }], NothingHidden = when.TrackIds is not null,
    };

    private static PictureFinds Read(RedactionPolicy policy, IReadOnlyList<FileModel> models, bool quick = false) =>
        PictureReading.Read(Original, policy, models, quick, cancel: TestContext.Current.CancellationToken);
}
