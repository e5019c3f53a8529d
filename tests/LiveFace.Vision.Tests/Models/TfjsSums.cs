using System.Text.Json.Nodes;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Numbers for small graphs, and the plain sums.</summary>
internal static class TfjsSums
{
    public static readonly float[] Noise = [.. Enumerable.Range(0, 4096).Select(index => MathF.Sin(index * 12.9898f) * 2)];

    public static (string, JsonNode)[] Window(string padding, int stride, int dilation) =>
    [
        ("padding", TinyGraph.Text(padding)), ("strides", TinyGraph.Ints(1, stride, stride, 1)),
        ("dilations", TinyGraph.Ints(1, dilation, dilation, 1)), ("data_format", TinyGraph.Text("NHWC")),
    ];

    /// <summary>The noise, meant as channels last, in the order that ONNX takes it.</summary>
    public static float[] Planes(int height, int width, int channels) => [.. Enumerable.Range(0, channels)
        .SelectMany(channel => Enumerable.Range(0, height * width).Select(pixel => Noise[pixel * channels + channel]))];

    /// <summary>A convolution by its definition, over values with channels last.</summary>
    public static List<float> Convolved(
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

    public static void ShouldBeClose(float[] output, IEnumerable<float> expected)
    {
        var values = expected.ToList();
        output.Length.ShouldBe(values.Count);
        for (var index = 0; index < output.Length; index++)
            output[index].ShouldBe(values[index], 1e-4f, $"element {index}");
    }
}
