namespace LiveFace.Vision.Tests.Models;

/// <summary>Single operations, against values that plain loops over TensorFlow's own order of dimensions give.</summary>
public sealed class TfjsOperationTests
{
    [Theory]
    [InlineData(true, new[] { 0f, 0.5f, 1.5f, 2f })]
    [InlineData(false, new[] { 0f, 1f, 2f, 2f })]
    public void Scaling_up_follows_where_pixels_lie(bool centres, float[] expected)
    {
        var output = new TinyGraph().Input(1, 6, 2, 1).Whole("size", [2], 6, 4)
            .Node("ResizeBilinear", "y", ["x", "size"], ("half_pixel_centers", TinyGraph.Flag(centres)), ("align_corners", TinyGraph.Flag(false)))
            .Run([1, 1, 6, 2], [.. Enumerable.Repeat(new[] { 0f, 2f }, 6).SelectMany(row => row)]);

        TfjsSums.ShouldBeClose(output, Enumerable.Repeat(expected, 6).SelectMany(row => row));
    }

    [Fact]
    public void Scaling_down_by_half_takes_the_mean_of_neighbours()
    {
        var output = new TinyGraph().Input(1, 6, 4, 1).Whole("size", [2], 6, 2)
            .Node("ResizeBilinear", "y", ["x", "size"], ("half_pixel_centers", TinyGraph.Flag(true)))
            .Run([1, 1, 6, 4], [.. Enumerable.Repeat(new[] { 1f, 3f, 10f, 20f }, 6).SelectMany(row => row)]);

        TfjsSums.ShouldBeClose(output, Enumerable.Repeat(new[] { 2f, 15f }, 6).SelectMany(row => row));
    }

    [Fact]
    public void Three_bounds_in_a_row_become_one()
    {
        var graph = new TinyGraph().Input(1, 5, 1, 1).Constant("six", [], 6).Constant("zero", [], 0)
            .Node("Relu", "r", ["x"]).Node("Minimum", "m", ["r", "six"]).Node("Maximum", "y", ["m", "zero"]);

        LiveFace.Vision.Models.Onnx.OnnxReader.Read(graph.Convert()).Graph.Nodes.Select(node => node.Operation).ShouldBe(["Clip", "Reshape", "Identity"]);
        graph.Run([1, 1, 5, 1], -3, 0, 3, 6, 9).ShouldBe([0, 0, 3, 6, 6]);
    }

    [Fact]
    public void A_bound_that_something_else_reads_too_stays()
    {
        var output = new TinyGraph().Input(1, 5, 1, 1).Constant("one", [], 1)
            .Node("Relu", "r", ["x"]).Node("Minimum", "m", ["r", "one"]).Node("AddV2", "y", ["r", "m"])
            .Run([1, 1, 5, 1], -3, 0, 1, 2, 3);

        output.ShouldBe([0, 0, 2, 3, 4]);
    }

    [Fact]
    public void A_slope_is_its_channels_own()
    {
        var output = new TinyGraph().Input(1, 5, 1, 2).Constant("slope", [1, 1, 2], 0.5f, 0.25f).Node("Prelu", "y", ["x", "slope"])
            .Run([1, 2, 5, 1], -4, -2, 0, 2, 4, -4, -2, 0, 2, 4);

        output.ShouldBe([-2, -1, -1, -0.5f, 0, 0, 2, 2, 4, 4]);
    }

    [Fact]
    public void A_mean_over_the_picture_feeds_a_layer_and_a_softmax()
    {
        var output = new TinyGraph().Input(-1, 5, 1, 2).Whole("axes", [2], 1, 2).Constant("w", [2, 2], 1, 0, 0, 2).Constant("b", [2], 0, -3)
            .Node("Mean", "m", ["x", "axes"], ("keep_dims", TinyGraph.Flag(false)))
            .Node("_FusedMatMul", "l", ["m", "w", "b"], ("fused_ops", TinyGraph.Texts("BiasAdd"))).Node("Softmax", "y", ["l"])
            .Run([1, 2, 5, 1], 1, 2, 3, 4, 5, 2, 2, 2, 2, 2);

        // Means 3 and 2; the layer gives 3 and 1; softmax of those.
        var first = 1 / (1 + MathF.Exp(-2));
        TfjsSums.ShouldBeClose(output, [first, 1 - first]);
    }
}
