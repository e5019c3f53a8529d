using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Tests.Models;

public sealed class ConstantsConversionTests
{
    [Fact]
    public async Task Weights_are_no_inputs_any_more_and_the_answers_stay_the_same()
    {
        await Repository.ModelAsync("sface");
        var original = (await Repository.PackageFilesAsync((NpmModelSource)Repository.Catalogue.Find("sface").Source))[0];
        var face = TestPicture.Astronaut().Crop(147, 60, 297, 210, 112, 112).Planes([0, 0, 0], [1, 1, 1]);

        var converted = ConstantsConversion.Run(original);

        OnnxReader.Read(original).Graph.Inputs.Count.ShouldBeGreaterThan(100);
        OnnxReader.Read(converted).Graph.Inputs.Select(input => input.Name).ShouldBe(["data"]);
        var (expected, ours) = (OnePass.Run(original, [1, 3, 112, 112], face)["fc1"], OnePass.Run(converted, [1, 3, 112, 112], face)["fc1"]);
        ours.Zip(expected, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(1e-4f);
    }
}
