using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

public sealed class TfjsReadingTests
{
    [Fact]
    public void An_unknown_operation_is_named() =>
        Fault(new TinyGraph().Input(1, 5, 1, 1).Node("FFT", "spectrum", ["x"]))
            .ShouldBe("the converter does not know the operation FFT (at 'spectrum').");

    [Fact]
    public void An_unknown_ending_of_a_known_operation_is_named() =>
        Fault(new TinyGraph().Input(1, 5, 1, 1).Constant("f", [1, 1, 1, 1], 1).Node("_FusedConv2D", "y", ["x", "f"],
            ("padding", TinyGraph.Text("SAME")), ("strides", TinyGraph.Ints(1, 1, 1, 1)), ("fused_ops", TinyGraph.Texts("Elu"))))
            .ShouldBe("the operation _FusedConv2D at 'y' does Elu at its end, which the converter does not know.");

    [Fact]
    public void Channels_first_inside_the_graph_are_refused() =>
        Fault(new TinyGraph().Input(1, 5, 1, 1).Constant("f", [1, 1, 1, 1], 1).Node("Conv2D", "y", ["x", "f"],
            ("padding", TinyGraph.Text("SAME")), ("strides", TinyGraph.Ints(1, 1, 1, 1)), ("data_format", TinyGraph.Text("NCHW"))))
            .ShouldContain("has channels first");

    [Fact]
    public void An_input_that_nothing_makes_is_named() =>
        Fault(new TinyGraph().Input(1, 5, 1, 1).Node("Relu", "y", ["nobody"])).ShouldBe("'y' reads 'nobody', which no node makes.");

    [Fact]
    public void A_graph_that_goes_in_a_circle_is_refused() =>
        Fault(new TinyGraph().Input(1, 5, 1, 1).Node("Add", "a", ["x", "b"]).Node("Relu", "b", ["a"])).ShouldBe("the graph goes in a circle.");

    [Fact]
    public void Nodes_may_stand_in_any_order()
    {
        var graph = new TinyGraph().Node("Relu", "y", ["x"]).Input(1, 5, 1, 1);

        graph.Run([1, 1, 5, 1], -1, 0, 1, 2, 3).ShouldBe([0, 0, 1, 2, 3]);
    }

    [Fact]
    public void Weights_that_end_too_early_or_too_late_are_told()
    {
        var graph = new TinyGraph().Input(1, 5, 1, 1).Constant("c", [1], 2).Node("Mul", "y", ["x", "c"]);

        Should.Throw<InvalidDataException>(() => TfjsConversion.Run(graph.Json(), new byte[3])).Message.ShouldBe("the weights end before 'c' does.");
        Should.Throw<InvalidDataException>(() => TfjsConversion.Run(graph.Json(), new byte[6])).Message.ShouldBe("the weights are 2 bytes longer than their list says.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "modelTopology": {}, "weightsManifest": [] }""")]
    public void A_file_of_another_kind_is_told(string json) =>
        Should.Throw<InvalidDataException>(() => TfjsConversion.Run(Encoding.UTF8.GetBytes(json), [])).Message.ShouldBe("the file is not a TensorFlow.js graph model.");

    [Fact]
    public void Weights_stored_small_come_back_at_their_size()
    {
        var graph = new TinyGraph().Input(1, 5, 1, 3);
        graph.Bytes.Write([10, 20, 30]);
        graph.Stored("bytes", [3], "float32", new JsonObject { ["dtype"] = "uint8", ["scale"] = 0.5, ["min"] = -4.0 });
        Span<byte> words = stackalloc byte[12];
        for (var index = 0; index < 3; index++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(words[(index * 2)..], (ushort)(1000 * (index + 1)));
            BinaryPrimitives.WriteHalfLittleEndian(words[(6 + index * 2)..], (Half)(0.25f * (index + 1)));
        }
        graph.Bytes.Write(words);
        graph.Stored("words", [3], "float32", new JsonObject { ["dtype"] = "uint16", ["scale"] = 0.001, ["min"] = 1.0 });
        graph.Stored("halves", [3], "float32", new JsonObject { ["dtype"] = "float16", ["original_dtype"] = "float32" });
        graph.Node("Add", "a", ["x", "bytes"]).Node("Add", "b", ["a", "words"]).Node("Add", "y", ["b", "halves"]);

        // 10·0.5−4 + 1000·0.001+1 + 0.25 and so on.
        graph.Run([1, 3, 5, 1], new float[15])[..3].ShouldBe([3.25f, 9.5f, 15.75f], 1e-4);
    }

    [Fact]
    public void A_weight_of_an_unknown_type_is_named()
    {
        var graph = new TinyGraph().Input(1, 5, 1, 1).Stored("c", [1], "complex64").Node("Mul", "y", ["x", "c"]);

        Should.Throw<InvalidDataException>(graph.Convert).Message.ShouldBe("the weight 'c' is stored as complex64, which the converter does not know.");
    }

    [Fact]
    public void A_dimension_that_is_open_stays_open()
    {
        var model = LiveFace.Vision.Models.Onnx.OnnxReader.Read(new TinyGraph().Input(-1, 5, 1, 1).Node("Relu", "y", ["x"]).Convert());

        model.Graph.Inputs[0].Shape.Select(side => (side.Size, side.Name)).ShouldBe([(0, "batch"), (1, null), (5, null), (1, null)]);
    }

    private static string Fault(TinyGraph graph) => Should.Throw<InvalidDataException>(graph.Convert).Message;
}
