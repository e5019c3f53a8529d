using LiveFace.Vision.Models.Onnx;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Broken files end in an error that says so; they never hang, and never take more memory than a file of their size may.</summary>
public sealed class ModelFuzzTests
{
    [Fact]
    public async Task A_damaged_onnx_file_is_read_or_refused()
    {
        var whole = await File.ReadAllBytesAsync(await Repository.ModelAsync("ultraface"), TestContext.Current.CancellationToken);
        var random = new Random(20);
        var refused = 0;
        for (var round = 0; round < 300; round++)
        {
            var file = whole.ToArray();
            // Lengths and keys are what breaks a reader; they lie at the beginning and between the weights alike.
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                file[round % 2 == 0 ? random.Next(4096) : random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                OnnxReader.Read(file.AsSpan(0, round % 3 == 0 ? random.Next(file.Length) : file.Length));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_damaged_graph_is_converted_or_refused()
    {
        var graph = new TinyGraph().Input(1, 5, 2, 1).Constant("f", [1, 1, 1, 2], 1, 2).Whole("axes", [2], 1, 2)
            .Node("Conv2D", "c", ["x", "f"], ("padding", TinyGraph.Text("SAME")), ("strides", TinyGraph.Ints(1, 2, 2, 1)))
            .Node("Relu", "r", ["c"]).Node("Mean", "y", ["r", "axes"]);
        var (json, weights) = (graph.Json(), graph.Bytes.ToArray());
        var random = new Random(21);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var file = json.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                file[random.Next(file.Length)] = (byte)random.Next(32, 127);
            try
            {
                TfjsConversion.Run(file, weights);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(500);
    }
}
