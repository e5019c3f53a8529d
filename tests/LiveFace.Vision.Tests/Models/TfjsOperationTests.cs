using System.Text.Json.Nodes;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Single operations, against values that plain loops over TensorFlow's own order of dimensions give.</summary>
public sealed class TfjsOperationTests
{
    private static readonly float[] Noise = [.. Enumerable.Range(0, 4096).Select(index => MathF.Sin(index * 12.9898f) * 2)];

    [Theory]
    [InlineData("SAME", 1, 3, 1)]
    [InlineData("SAME", 2, 3, 1)]
    [InlineData("SAME", 2, 4, 1)]
    [InlineData("SAME", 3, 2, 1)]
    [InlineData("SAME", 1, 3, 2)]
    [InlineData("VALID", 1, 3, 1)]
    [InlineData("VALID", 2, 2, 1)]
    public void A_convolution_with_channels_last(string padding, int stride, int kernel, int dilation)
    {
        const int height = 7, width = 10, channels = 3, outputs = 4;
        var filter = Noise[..(kernel * kernel * channels * outputs)];

        var output = new TinyGraph().Input(1, height, width, channels).Constant("f", [kernel, kernel, channels, outputs], filter)
            .Node("Conv2D", "y", ["x", "f"], Window(padding, stride, dilation))
            .Run([1, channels, height, width], Planes(height, width, channels));

        var expected = Convolved(height, width, channels, outputs, kernel, stride, dilation, padding,
            (row, column, from, to) => filter[((row * kernel + column) * channels + from) * outputs + to]);
        ShouldBeClose(output, expected);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void A_depthwise_convolution(int stride, int multiplier)
    {
        const int height = 9, width = 8, channels = 3, kernel = 3;
        var filter = Noise[..(kernel * kernel * channels * multiplier)];

        var output = new TinyGraph().Input(1, height, width, channels).Constant("f", [kernel, kernel, channels, multiplier], filter)
            .Node("DepthwiseConv2dNative", "y", ["x", "f"], Window("SAME", stride, 1))
            .Run([1, channels, height, width], Planes(height, width, channels));

        var expected = Convolved(height, width, channels, channels * multiplier, kernel, stride, 1, "SAME",
            (row, column, from, to) => to / multiplier == from ? filter[((row * kernel + column) * channels + from) * multiplier + to % multiplier] : 0);
        ShouldBeClose(output, expected);
    }

    [Fact]
    public void A_fused_convolution_adds_its_bias_and_bounds_the_result()
    {
        var output = new TinyGraph().Input(1, 5, 2, 1).Constant("f", [1, 1, 1, 2], 1, 2).Constant("b", [2], 0.5f, -1)
            .Node("_FusedConv2D", "y", ["x", "f", "b"], [.. Window("VALID", 1, 1), ("fused_ops", TinyGraph.Texts("BiasAdd", "Relu6"))])
            .Run([1, 1, 5, 2], -4, -3, -2, -1, 0, 1, 2, 3, 4, 5);

        output.ShouldBe([0, 0, 0, 0, 0, 0, 0, 0, 0.5f, 0, 1.5f, 1, 2.5f, 3, 3.5f, 5, 4.5f, 6, 5.5f, 6]);
    }

    [Fact]
    public void A_transposed_convolution_paints_each_input_into_a_window_of_its_own()
    {
        var output = new TinyGraph().Input(1, 5, 1, 1).Whole("size", [4], 1, 10, 2, 1).Constant("f", [2, 2, 1, 1], 1, 2, 3, 4)
            .Node("Conv2DBackpropInput", "y", ["size", "f", "x"], Window("SAME", 2, 1))
            .Run([1, 1, 5, 1], 1, 10, 100, 1000, 10000);

        output.ShouldBe([1, 2, 3, 4, 10, 20, 30, 40, 100, 200, 300, 400, 1000, 2000, 3000, 4000, 10000, 20000, 30000, 40000]);
    }

    [Fact]
    public void A_transposed_convolution_whose_windows_overlap_sums_them()
    {
        // SAME with a window of 3 and a stride of 2: one pixel is cut off, at the end of the large side.
        var output = new TinyGraph().Input(1, 5, 1, 1).Whole("size", [4], 1, 10, 1, 1).Constant("f", [3, 1, 1, 1], 1, 2, 3)
            .Node("Conv2DBackpropInput", "y", ["size", "f", "x"],
                ("strides", TinyGraph.Ints(1, 2, 1, 1)), ("padding", TinyGraph.Text("SAME")), ("data_format", TinyGraph.Text("NHWC")))
            .Run([1, 1, 5, 1], 1, 10, 100, 1000, 10000);

        output.ShouldBe([1, 2, 13, 20, 130, 200, 1300, 2000, 13000, 20000]);
    }

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AvgPool")]
    public void A_pooling_leaves_out_what_lies_beyond_the_edge(string operation)
    {
        const int height = 6, width = 7, channels = 2, kernel = 3, stride = 2;
        var output = new TinyGraph().Input(1, height, width, channels)
            .Node(operation, "y", ["x"], [.. Window("SAME", stride, 1), ("ksize", TinyGraph.Ints(1, kernel, kernel, 1))])
            .Run([1, channels, height, width], Planes(height, width, channels));

        var expected = new List<float>();
        // SAME: 3×4 cells; one pixel of padding below alone, and one on either side.
        for (var row = 0; row < 3; row++)
            for (var column = 0; column < 4; column++)
                for (var channel = 0; channel < channels; channel++)
                {
                    var seen = new List<float>();
                    for (var y = row * stride; y < row * stride + kernel; y++)
                        for (var x = column * stride - 1; x < column * stride - 1 + kernel; x++)
                            if (y < height && x >= 0 && x < width)
                                seen.Add(Noise[(y * width + x) * channels + channel]);
                    expected.Add(operation == "MaxPool" ? seen.Max() : seen.Average());
                }
        ShouldBeClose(output, expected);
    }

    [Theory]
    [InlineData(true, new[] { 0f, 0.5f, 1.5f, 2f })]
    [InlineData(false, new[] { 0f, 1f, 2f, 2f })]
    public void Scaling_up_follows_where_pixels_lie(bool centres, float[] expected)
    {
        var output = new TinyGraph().Input(1, 6, 2, 1).Whole("size", [2], 6, 4)
            .Node("ResizeBilinear", "y", ["x", "size"], ("half_pixel_centers", TinyGraph.Flag(centres)), ("align_corners", TinyGraph.Flag(false)))
            .Run([1, 1, 6, 2], [.. Enumerable.Repeat(new[] { 0f, 2f }, 6).SelectMany(row => row)]);

        ShouldBeClose(output, Enumerable.Repeat(expected, 6).SelectMany(row => row));
    }

    [Fact]
    public void Scaling_down_by_half_takes_the_mean_of_neighbours()
    {
        var output = new TinyGraph().Input(1, 6, 4, 1).Whole("size", [2], 6, 2)
            .Node("ResizeBilinear", "y", ["x", "size"], ("half_pixel_centers", TinyGraph.Flag(true)))
            .Run([1, 1, 6, 4], [.. Enumerable.Repeat(new[] { 1f, 3f, 10f, 20f }, 6).SelectMany(row => row)]);

        ShouldBeClose(output, Enumerable.Repeat(new[] { 2f, 15f }, 6).SelectMany(row => row));
    }

    [Fact]
    public void A_transpose_and_its_undoing_cost_no_operation()
    {
        var graph = new TinyGraph().Input(1, 5, 2, 3).Whole("there", [4], 0, 3, 1, 2).Whole("back", [4], 0, 2, 3, 1).Constant("f", [1, 1, 3, 1], 1, 1, 1)
            .Node("Transpose", "t", ["x", "there"]).Node("LeakyRelu", "l", ["t"], ("alpha", TinyGraph.Number(0.1f)))
            .Node("Transpose", "u", ["l", "back"]).Node("Conv2D", "y", ["u", "f"], Window("VALID", 1, 1));

        LiveFace.Vision.Models.Onnx.OnnxReader.Read(graph.Convert()).Graph.Nodes.Select(node => node.Operation)
            .ShouldBe(["LeakyRelu", "Conv", "Reshape", "Identity"]);
        ShouldBeClose(graph.Run([1, 3, 5, 2], Planes(5, 2, 3)),
            Noise[..30].Select(value => value < 0 ? value * 0.1f : value).Chunk(3).Select(pixel => pixel.Sum()));
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
    public void A_mean_over_the_picture_feeds_a_layer_and_a_softmax()
    {
        var output = new TinyGraph().Input(-1, 5, 1, 2).Whole("axes", [2], 1, 2).Constant("w", [2, 2], 1, 0, 0, 2).Constant("b", [2], 0, -3)
            .Node("Mean", "m", ["x", "axes"], ("keep_dims", TinyGraph.Flag(false)))
            .Node("_FusedMatMul", "l", ["m", "w", "b"], ("fused_ops", TinyGraph.Texts("BiasAdd"))).Node("Softmax", "y", ["l"])
            .Run([1, 2, 5, 1], 1, 2, 3, 4, 5, 2, 2, 2, 2, 2);

        // Means 3 and 2; the layer gives 3 and 1; softmax of those.
        var first = 1 / (1 + MathF.Exp(-2));
        ShouldBeClose(output, [first, 1 - first]);
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

    private static (string, JsonNode)[] Window(string padding, int stride, int dilation) =>
    [
        ("padding", TinyGraph.Text(padding)), ("strides", TinyGraph.Ints(1, stride, stride, 1)),
        ("dilations", TinyGraph.Ints(1, dilation, dilation, 1)), ("data_format", TinyGraph.Text("NHWC")),
    ];

    /// <summary>The noise, meant as channels last, in the order that ONNX takes it.</summary>
    private static float[] Planes(int height, int width, int channels) => [.. Enumerable.Range(0, channels)
        .SelectMany(channel => Enumerable.Range(0, height * width).Select(pixel => Noise[pixel * channels + channel]))];

    /// <summary>A convolution by its definition, over values with channels last.</summary>
    private static List<float> Convolved(
        int height, int width, int channels, int outputs, int kernel, int stride, int dilation, string padding, Func<int, int, int, int, float> filter)
    {
        var reach = (kernel - 1) * dilation + 1;
        (int Count, int Before) Side(int size)
        {
            if (padding == "VALID")
                return ((size - reach) / stride + 1, 0);
            var count = (size + stride - 1) / stride;
            return (count, Math.Max(0, (count - 1) * stride + reach - size) / 2);
        }

        var (rows, top) = Side(height);
        var (columns, left) = Side(width);
        var result = new List<float>();
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                for (var to = 0; to < outputs; to++)
                {
                    var sum = 0.0;
                    for (var y = 0; y < kernel; y++)
                        for (var x = 0; x < kernel; x++)
                            for (var from = 0; from < channels; from++)
                            {
                                var (atY, atX) = (row * stride - top + y * dilation, column * stride - left + x * dilation);
                                if (atY >= 0 && atY < height && atX >= 0 && atX < width)
                                    sum += Noise[(atY * width + atX) * channels + from] * filter(y, x, from, to);
                            }
                    result.Add((float)sum);
                }
        return result;
    }

    private static void ShouldBeClose(float[] output, IEnumerable<float> expected)
    {
        var values = expected.ToList();
        output.Length.ShouldBe(values.Count);
        for (var index = 0; index < output.Length; index++)
            output[index].ShouldBe(values[index], 1e-4f, $"element {index}");
    }
}
