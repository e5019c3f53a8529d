namespace LiveFace.Vision.Models;

/// <summary>Reads how a picture becomes a model's input.</summary>
internal static class InputReader
{
    private const int LargestSide = 8192;

    public static ModelInput Read(CatalogueNode node)
    {
        var input = new ModelInput
        {
            Name = node.Text("name"),
            Layout = node.Choice<TensorLayout>("layout"),
            Width = node.Whole("width", 1, LargestSide),
            Height = node.Whole("height", 1, LargestSide),
            Step = node.Whole("step", 0, 1024, 0),
            Colour = node.Choice<ColourOrder>("colour"),
            Resize = node.Choice<ResizeMode>("resize"),
            Padding = node.Number("padding", 0, 255, 0),
            Mean = node.Numbers("mean"),
            Std = node.Numbers("std"),
        };
        if (input.Step > 0 && input.Width % input.Step != 0)
            throw node.Error("width", $"is {input.Width}; it has to be a multiple of the step, {input.Step}");
        if (input.Step > 0 && input.Height % input.Step != 0)
            throw node.Error("height", $"is {input.Height}; it has to be a multiple of the step, {input.Step}");
        if (input.Std.Any(number => number == 0))
            throw node.Error("std", "holds a zero, by which nothing divides");
        var mean = PerChannel(node, "mean", input.Mean, input.Channels);
        var std = PerChannel(node, "std", input.Std, input.Channels);
        node.Finish();
        return input with { Mean = mean, Std = std };
    }

    private static IReadOnlyList<float> PerChannel(CatalogueNode node, string field, IReadOnlyList<float> numbers, int channels)
    {
        if (numbers.Count == channels)
            return numbers;
        return numbers.Count == 1
            ? [.. Enumerable.Repeat(numbers[0], channels)]
            : throw node.Error(field, $"has {numbers.Count} numbers; it takes 1 or {channels}");
    }
}
