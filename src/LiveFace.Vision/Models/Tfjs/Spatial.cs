namespace LiveFace.Vision.Models.Tfjs;

/// <summary>A window that goes over a picture: convolutions and poolings have one.</summary>
internal readonly record struct Spatial(int[] Kernel, int[] Strides, int[] Dilations, int[] Pads, int[] Output)
{
    /// <summary>
    /// Reads strides and padding and works out the size of the output. SAME pads so that the output is the input's size
    /// over the stride, rounded up, with the odd pixel at the end; VALID pads nothing.
    /// </summary>
    public static Spatial Read(TfjsNode node, TfjsTensor input, int[] kernel)
    {
        if (node.Text("data_format") is not ("" or "NHWC"))
            throw node.Unsupported("has channels first");
        var strides = Pair(node, "strides");
        var dilations = node.Integers("dilations").Length == 0 ? [1, 1] : Pair(node, "dilations");
        var padding = node.Text("padding");
        int[] pads = [0, 0, 0, 0], output = [0, 0];
        for (var side = 0; side < 2; side++)
        {
            var size = input.Shape[side + 1];
            if (size < 1)
                throw node.Unsupported("has an input of no fixed size");
            var reach = (kernel[side] - 1) * dilations[side] + 1;
            output[side] = padding switch
            {
                "SAME" => (size + strides[side] - 1) / strides[side],
                "VALID" => (size - reach) / strides[side] + 1,
                _ => throw node.Unsupported($"has the padding {padding}"),
            };
            var total = padding == "SAME" ? Math.Max(0, (output[side] - 1) * strides[side] + reach - size) : 0;
            (pads[side], pads[side + 2]) = (total / 2, total - total / 2);
        }
        return new Spatial(kernel, strides, dilations, pads, output);
    }

    public static int[] Pair(TfjsNode node, string attribute) => node.Integers(attribute) is [1, var height, var width, 1]
        ? [height, width]
        : throw node.Unsupported($"has other {attribute} than over height and width");

    public static long[] Long(int[] values) => [.. values.Select(value => (long)value)];
}
