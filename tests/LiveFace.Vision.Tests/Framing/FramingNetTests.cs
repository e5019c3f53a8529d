using LiveFace.Vision.Tests.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Framing;

/// <summary>The net that ships, beside what PyTorch made of the same picture.</summary>
public sealed class FramingNetTests
{
    private const int Side = 224;

    [Fact]
    public async Task The_net_answers_as_it_did_where_it_was_trained()
    {
        var entry = Repository.Catalogue.Find("framing");
        var told = (await File.ReadAllBytesAsync(Checkout.PathOf("training", "framing", "parity.bin"), TestContext.Current.CancellationToken)).AsMemory();
        using var session = new InferenceSession(Path.Combine(Repository.Catalogue.Folder, "own", "framing.onnx"));
        using var input = OrtValue.CreateTensorValueFromMemory(Example(entry.Input.Mean), [1, 3, Side, Side]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["picture"], [input], ["box", "certainty"]);
        float[] answer = [.. results[0].GetTensorDataAsSpan<float>(), .. results[1].GetTensorDataAsSpan<float>()];
        answer.Length.ShouldBe(5);
        for (var i = 0; i < answer.Length; i++)
            answer[i].ShouldBe(BitConverter.ToSingle(told.Span[(4 * i)..]), 1e-4f);
    }

    /// <summary>The picture of training/framing/export.py, blue first, less the mean.</summary>
    private static float[] Example(IReadOnlyList<float> mean)
    {
        var planes = new float[3 * Side * Side];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var isDisc = (x - 140) * (x - 140) + (y - 96) * (y - 96) < 52 * 52;
                (int Red, int Green, int Blue) colour = isDisc ? (200, 90 + (x + y) % 16 * 4, 40) : (40 + x / 4, 80 + y / 3, 160 - x / 5);
                var place = y * Side + x;
                (planes[place], planes[Side * Side + place], planes[2 * Side * Side + place]) = (colour.Blue - mean[0], colour.Green - mean[1], colour.Red - mean[2]);
            }

        return planes;
    }
}
