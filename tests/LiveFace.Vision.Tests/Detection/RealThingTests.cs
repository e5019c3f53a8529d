using LiveFace.Media.Images.Files;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Models of things, outlines and text, on real pictures.</summary>
public sealed class RealThingTests : RealModelTestBase
{
    private const string Page = "/usr/lib/python3/dist-packages/skimage/data/page.png";

    [Fact]
    public async Task The_object_model_finds_the_person()
    {
        using var detector = await Repository.OpenAsync("nanodet");
        using var frame = ReadPortrait();
        var best = Look(detector, frame, detector.InputSize).Items[0];
        detector.Labels[best.Class].ShouldBe("person");
        best.Box.IntersectionOverUnion(new BoxF(14, 15, 366, 510)).ShouldBeGreaterThan(0.85f);
    }

    [Fact]
    public async Task The_outline_holds_the_person_and_not_the_wall()
    {
        using var detector = await Repository.OpenAsync("selfie");
        using var frame = ReadPortrait();
        var found = Look(detector, frame, detector.InputSize);
        var mask = found.Masks[found.Items[0].Mask];
        mask.Region.ShouldBe(new BoxF(0, 0, 512, 512));
        At(224, 128).ShouldBeGreaterThan((byte)200);
        At(224, 420).ShouldBeGreaterThan((byte)200);
        At(30, 150).ShouldBeLessThan((byte)60);

        byte At(int x, int y) => mask.Values[y * mask.Height / 512 * mask.Width + x * mask.Width / 512];
    }

    [Fact]
    public async Task The_text_model_finds_the_lines_of_a_page()
    {
        using var detector = await Repository.OpenAsync("ppocr");
        using var frame = ImageFile.Decode(File.ReadAllBytes(Page), _pool);
        var lines = Look(detector, frame, detector.InputSize).Items.ToArray();
        // Seven lines of print, each nearly as wide as the page but the last.
        lines.Length.ShouldBeInRange(6, 9);
        lines.Count(line => line.Box.Width > 250 && line.Box.Height < 40).ShouldBeGreaterThanOrEqualTo(5);
    }
}
