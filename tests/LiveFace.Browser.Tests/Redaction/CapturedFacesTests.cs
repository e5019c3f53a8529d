using LiveFace.Redaction.Policy;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// Every picture that a browser gets back, from the first on, looked at by a face detector that the server does not use
/// and by a model that recognises people. What counts as recognised is measured in the same run: on the same clip with
/// nothing hidden, and on a hundred strangers.
/// </summary>
public sealed class CapturedFacesTests(CapturedFacesFixture fixture) : IClassFixture<CapturedFacesFixture>
{
    [Fact]
    public void With_nothing_hidden_the_face_is_found_and_recognised_in_nearly_every_picture()
    {
        var readable = fixture.Unhidden.Where(one => one.Number is not null).ToArray();
        readable.Count(one => one.IsFound).ShouldBeGreaterThan(readable.Length * 9 / 10);
        fixture.LeastAlike.ShouldBeGreaterThan(fixture.MostAlikeStranger + 0.2f, "the person and strangers are told apart");
        readable.Count(one => one.Likeness > fixture.Recognised).ShouldBeGreaterThan(readable.Length * 9 / 10);
    }

    [Theory]
    [InlineData("blur-faces")]
    [InlineData("hide-persons")]
    [InlineData("hide-all-but")]
    public async Task From_the_first_picture_on_nobody_is_recognised(string preset)
    {
        var pictures = await fixture.LookAsync(PolicyPresets.Find(preset)!);
        pictures.Where(one => one.Likeness > fixture.Recognised).ShouldBeEmpty($"all that is more alike than {fixture.Recognised} is the person");
    }

    [Fact]
    public async Task Covered_as_a_whole_no_picture_shows_the_person_or_its_number()
    {
        var count = 0;
        var pictures = await fixture.LookAsync(PolicyPresets.CoverEverything, _ => ++count == 45);
        pictures.ShouldAllBe(one => one.Number == null && one.Likeness < fixture.Recognised);
    }
}
