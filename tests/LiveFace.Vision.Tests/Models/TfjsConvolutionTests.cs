namespace LiveFace.Vision.Tests.Models;

/// <summary>Convolutions and poolings, held to the plain sums.</summary>
public sealed class TfjsConvolutionTests
{
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
        var filter = TfjsSums.Noise[..(kernel * kernel * channels * outputs)];

        var output = new TinyGraph().Input(1, height, width, channels).Constant("f", [kernel, kernel, channels, outputs], filter)
            .Node("Conv2D", "y", ["x", "f"], TfjsSums.Window(padding, stride, dilation))
            .Run([1, channels, height, width], TfjsSums.Planes(height, width, channels));

        var expected = TfjsSums.Convolved(height, width, channels, outputs, kernel, stride, dilation, padding,
            (row, column, from, to) => filter[((row * kernel + column) * channels + from) * outputs + to]);
        TfjsSums.ShouldBeClose(output, expected);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void A_depthwise_convolution(int stride, int multiplier)
    {
        const int height = 9, width = 8, channels = 3, kernel = 3;
        var filter = TfjsSums.Noise[..(kernel * kernel * channels * multiplier)];

        var output = new TinyGraph().Input(1, height, width, channels).Constant("f", [kernel, kernel, channels, multiplier], filter)
            .Node("DepthwiseConv2dNative", "y", ["x", "f"], TfjsSums.Window("SAME", stride, 1))
            .Run([1, channels, height, width], TfjsSums.Planes(height, width, channels));

        var expected = TfjsSums.Convolved(height, width, channels, channels * multiplier, kernel, stride, 1, "SAME",
            (row, column, from, to) => to / multiplier == from ? filter[((row * kernel + column) * channels + from) * multiplier + to % multiplier] : 0);
        TfjsSums.ShouldBeClose(output, expected);
    }

    [Fact]
    public void A_fused_convolution_adds_its_bias_and_bounds_the_result()
    {
        var output = new TinyGraph().Input(1, 5, 2, 1).Constant("f", [1, 1, 1, 2], 1, 2).Constant("b", [2], 0.5f, -1)
            .Node("_FusedConv2D", "y", ["x", "f", "b"], [.. TfjsSums.Window("VALID", 1, 1), ("fused_ops", TinyGraph.Texts("BiasAdd", "Relu6"))])
            .Run([1, 1, 5, 2], -4, -3, -2, -1, 0, 1, 2, 3, 4, 5);

        output.ShouldBe([0, 0, 0, 0, 0, 0, 0, 0, 0.5f, 0, 1.5f, 1, 2.5f, 3, 3.5f, 5, 4.5f, 6, 5.5f, 6]);
    }

    [Fact]
    public void A_transposed_convolution_paints_each_input_into_a_window_of_its_own()
    {
        var output = new TinyGraph().Input(1, 5, 1, 1).Whole("size", [4], 1, 10, 2, 1).Constant("f", [2, 2, 1, 1], 1, 2, 3, 4)
            .Node("Conv2DBackpropInput", "y", ["size", "f", "x"], TfjsSums.Window("SAME", 2, 1))
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
            .Node(operation, "y", ["x"], [.. TfjsSums.Window("SAME", stride, 1), ("ksize", TinyGraph.Ints(1, kernel, kernel, 1))])
            .Run([1, channels, height, width], TfjsSums.Planes(height, width, channels));

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
                                seen.Add(TfjsSums.Noise[(y * width + x) * channels + channel]);
                    expected.Add(operation == "MaxPool" ? seen.Max() : seen.Average());
                }
        TfjsSums.ShouldBeClose(output, expected);
    }
}
