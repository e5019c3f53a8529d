using LiveFace.Films.Pictures;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Tests.Pictures;

/// <summary>A rule for an age in a picture: told as it is painted, and hidden with every doubt.</summary>
public sealed class PictureAgeTests
{
    private static readonly byte[] Original = File.ReadAllBytes(Portrait.Path);

    public static TheoryData<string, FaceReading?, bool> Readings => new()
    {
        { "an adult", Aged(34, 26, 44), false },
        { "one whose range is just above it", Aged(30, 20, 40), true },
        { "one that touches the age", Aged(25, 18, 32), true },
        { "a child", Aged(8, 5, 12), true },
        { "no age", new FaceReading(null, null, null), true },
        { "no number", Aged(30, float.NaN, 40), true },
        { "no reader", null, true },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task A_face_is_shown_when_one_reading_leaves_no_doubt_and_told_so(string why, FaceReading? reading, bool hidden)
    {
        var models = await PictureRedactionTests.FacesAsync();
        var readers = reading is { } read ? new AlwaysReads(read) : null;
        var done = PictureRedaction.Redact(Original, Under(18), models, new PictureOptions { Readers = readers }, TestContext.Current.CancellationToken);
        (Portrait.FaceIn(done.File) < Likeness.Shown).ShouldBe(hidden, why);
        var told = PictureReading.Read(
            Original, Under(18), models, readers: readers is null ? null : new AskedReaders(readers, FaceTraits.None), cancel: TestContext.Current.CancellationToken);
        var face = told.Finds.Where(find => find.Box.IntersectionOverUnion(Portrait.Face) > 0.4f).ShouldHaveSingleItem();
        face.IsHidden.ShouldBe(hidden, why);
        face.Reading.ShouldBeNull("nobody asked for it");
    }

    [Fact]
    public async Task What_a_floor_hides_stays_hidden_whatever_is_read()
    {
        var models = await PictureRedactionTests.FacesAsync();
        var options = new PictureOptions { Readers = new AlwaysReads(Aged(60, 50, 70)!.Value), Floor = PolicyPresets.BlurFaces };
        var done = PictureRedaction.Redact(Original, Under(18), models, options, TestContext.Current.CancellationToken);
        Portrait.FaceIn(done.File).ShouldBeLessThan(Likeness.Shown);
    }

    [Fact]
    public async Task The_real_reader_shows_an_adult_under_a_rule_for_small_children_and_no_one_under_one_for_all()
    {
        var models = await PictureRedactionTests.FacesAsync();
        var readers = await RealModels.ReadersAsync(FaceTraits.Age);
        foreach (var (age, hidden) in new[] { (10, false), (80, true) })
        {
            var done = PictureRedaction.Redact(
                Original, Under(age), models, new PictureOptions { Readers = readers }, TestContext.Current.CancellationToken);
            (Portrait.FaceIn(done.File) < Likeness.Shown).ShouldBe(hidden, $"under {age}");
        }
    }

    private static FaceReading? Aged(float years, float low, float high) => new FaceReading(new AgeReading(years, low, high), null, null);

    private static RedactionPolicy Under(int age) => new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = age } }],
    };
}
