using System.Text;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Tests.Pictures;

public sealed class PictureRedactionTests
{
    private static readonly byte[] Original = File.ReadAllBytes(Portrait.Path);

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public async Task The_face_is_hidden_in_each_format(ImageFormat format)
    {
        var done = Redact(Original, PolicyPresets.BlurFaces, await FacesAsync(), format);
        (done.Format, done.Found > 0).ShouldBe((format, true));
        Portrait.FaceIn(done.File).ShouldBeLessThan(Likeness.Shown);
        var info = ImageFile.Identify(done.File);
        (info.Format, info.Width, info.Height).ShouldBe((format, 512, 512));
    }

    [Fact]
    public async Task A_policy_that_hides_nothing_shows_the_face_which_shows_that_these_tests_would_see_it() =>
        Portrait.FaceIn(Redact(Original, PolicyPresets.OverlayBoxes, await FacesAsync()).File).ShouldBeGreaterThan(Likeness.Shown);

    [Fact]
    public void What_the_file_said_beside_its_picture_is_gone()
    {
        var secret = Encoding.ASCII.GetBytes("Comment\0taken at 52.5 north");
        var done = Redact(
            TestPng.Of(64, 64, 0x808080FF, ("tEXt", secret)), PolicyPresets.CoverEverything, []);
        Encoding.Latin1.GetString(done.File).ShouldNotContain("north");
    }

    [Theory]
    [InlineData(nameof(Fault.Throwing))]
    [InlineData(nameof(Fault.NotANumber))]
    public async Task A_model_that_cannot_look_means_that_there_is_no_picture(string fault)
    {
        using var faulty = new FaultyDetector(await RealModels.FacesAsync()) { Fault = Enum.Parse<Fault>(fault) };
        Should.Throw<FileRedactionException>(() => Redact(Original, PolicyPresets.BlurFaces, [new FileModel("faces", faulty)]));
    }

    [Fact]
    public void A_model_that_is_not_there_means_that_there_is_no_picture() =>
        Should.Throw<FileRedactionException>(() => Redact(Original, PolicyPresets.BlurFaces, []));

    private static RedactedPicture Redact(byte[] file, RedactionPolicy policy, IReadOnlyList<FileModel> models, ImageFormat? format = null) =>
        PictureRedaction.Redact(file, policy, models, new PictureOptions { Format = format }, TestContext.Current.CancellationToken);

    internal static async Task<IReadOnlyList<FileModel>> FacesAsync() => [new FileModel("faces", await RealModels.FacesAsync())];
}
