namespace LiveFace.Vision.Tests.Models;

/// <summary>Operations that only move numbers, and those that cost nothing.</summary>
public sealed class TfjsShapeTests
{
    [Fact]
    public void A_transpose_and_its_undoing_cost_no_operation()
    {
        var graph = new TinyGraph().Input(1, 5, 2, 3).Whole("there", [4], 0, 3, 1, 2).Whole("back", [4], 0, 2, 3, 1).Constant("f", [1, 1, 3, 1], 1, 1, 1)
            .Node("Transpose", "t", ["x", "there"]).Node("LeakyRelu", "l", ["t"], ("alpha", TinyGraph.Number(0.1f)))
            .Node("Transpose", "u", ["l", "back"]).Node("Conv2D", "y", ["u", "f"], TfjsSums.Window("VALID", 1, 1));

        LiveFace.Vision.Models.Onnx.OnnxReader.Read(graph.Convert()).Graph.Nodes.Select(node => node.Operation)
            .ShouldBe(["LeakyRelu", "Conv", "Reshape", "Identity"]);
        TfjsSums.ShouldBeClose(graph.Run([1, 3, 5, 2], TfjsSums.Planes(5, 2, 3)),
            TfjsSums.Noise[..30].Select(value => value < 0 ? value * 0.1f : value).Chunk(3).Select(pixel => pixel.Sum()));
    }

    [Fact]
    public void A_constant_is_spread_over_the_dimensions_that_it_means()
    {
        var output = new TinyGraph().Input(1, 5, 1, 3).Constant("perChannel", [3], 1, 10, 100).Constant("perRow", [5, 1, 1], 0, 1000, 2000, 3000, 4000)
            .Node("Mul", "m", ["perChannel", "x"]).Node("Add", "y", ["m", "perRow"])
            .Run([1, 3, 5, 1], 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5);

        output.ShouldBe([1, 10, 100, 1002, 1020, 1200, 2003, 2030, 2300, 3004, 3040, 3400, 4005, 4050, 4500]);
    }

    [Fact]
    public void Padding_widens_the_dimension_that_it_means()
    {
        var output = new TinyGraph().Input(1, 5, 1, 1).Whole("amounts", [4, 2], 0, 0, 0, 0, 0, 0, 0, 1).Node("Pad", "y", ["x", "amounts"])
            .Run([1, 1, 5, 1], 1, 2, 3, 4, 5);

        output.ShouldBe([1, 0, 2, 0, 3, 0, 4, 0, 5, 0]);
    }

    [Fact]
    public void Parts_are_split_and_joined_along_channels()
    {
        var output = new TinyGraph().Input(1, 5, 1, 3).Whole("sizes", [2], 1, 2).Whole("axis", [], 3)
            .Node("SplitV", "s", ["x", "sizes", "axis"]).Node("ConcatV2", "y", ["s:1", "s", "axis"])
            .Run([1, 3, 5, 1], 1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 200, 300, 400, 500);

        output.ShouldBe([10, 100, 1, 20, 200, 2, 30, 300, 3, 40, 400, 4, 50, 500, 5]);
    }

    [Fact]
    public void A_shape_that_the_graph_works_out_from_constants_is_known_to_the_reshape()
    {
        var output = new TinyGraph().Input(1, 5, 1, 2).Whole("base", [2], 5, -1).Whole("place", [1, 1], 0).Whole("size", [1], 2)
            .Whole("value", [1], -3).Whole("zero", [], 0)
            .Node("SparseToDense", "delta", ["place", "size", "value", "zero"]).Node("AddV2", "shape", ["base", "delta"]).Node("Reshape", "y", ["x", "shape"])
            .Run([1, 2, 5, 1], 1, 3, 5, 7, 9, 2, 4, 6, 8, 10);

        output.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
}
