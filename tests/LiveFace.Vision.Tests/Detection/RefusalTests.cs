using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Onnx;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>Files that are not what the catalogue says: refused when they are opened, by name and with what was expected.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");

    private static ModelEntry UltraFace => Repository.Catalogue.Find("ultraface");

    [Theory]
    [InlineData("")]
    [InlineData("this is no model")]
    public void A_file_that_is_no_model_is_refused(string content)
    {
        File.WriteAllText(_file, content);
        var refused = Should.Throw<ModelRefusedException>(() => OnnxDetector.Open(UltraFace, _file));
        refused.ModelId.ShouldBe("ultraface");
        refused.Expected.ShouldBe("an ONNX model");
    }

    [Fact]
    public async Task A_model_for_another_decoder_is_refused()
    {
        var path = await Repository.ModelAsync("ultraface");
        var entry = UltraFace with { Decoder = ModelDecoder.Yolo };
        var refused = Should.Throw<ModelRefusedException>(() => OnnxDetector.Open(entry, path));
        refused.Message.ShouldContain("expected an output [1,5,6300]");
        refused.Message.ShouldContain("scores [1,17640,2]");
    }

    [Fact]
    public async Task A_model_with_another_input_is_refused()
    {
        var path = await Repository.ModelAsync("ultraface");
        var entry = UltraFace with { Input = UltraFace.Input with { Name = "pixels" } };
        Should.Throw<ModelRefusedException>(() => OnnxDetector.Open(entry, path)).Message.ShouldContain("'pixels'");
        entry = UltraFace with { Input = UltraFace.Input with { Layout = TensorLayout.Nhwc } };
        Should.Throw<ModelRefusedException>(() => OnnxDetector.Open(entry, path))
            .Message.ShouldContain("a model that runs on an input [1,480,640,3]");
    }

    [Fact]
    public async Task A_model_whose_answers_are_no_numbers_is_refused()
    {
        var model = OnnxReader.Read(await File.ReadAllBytesAsync(
            await Repository.ModelAsync("ultraface"), TestContext.Current.CancellationToken));
        Poison(model.Graph);
        await File.WriteAllBytesAsync(_file, OnnxWriter.Write(model), TestContext.Current.CancellationToken);
        var refused = Should.Throw<ModelRefusedException>(() => OnnxDetector.Open(UltraFace, _file));
        refused.Message.ShouldContain("NaN");
    }

    public void Dispose() => File.Delete(_file);

    /// <summary>Divides nothing by nothing behind the scores.</summary>
    private static void Poison(OnnxGraph graph)
    {
        var scores = graph.MakerOf("scores")!;
        scores.Outputs[scores.Outputs.IndexOf("scores")] = "sound";
        var nothing = new OnnxNode("Sub") { Name = "nothing" };
        nothing.Inputs.AddRange(["sound", "sound"]);
        nothing.Outputs.Add("nothing");
        var quotient = new OnnxNode("Div") { Name = "quotient" };
        quotient.Inputs.AddRange(["nothing", "nothing"]);
        quotient.Outputs.Add("scores");
        graph.Nodes.Add(nothing);
        graph.Nodes.Add(quotient);
    }
}
