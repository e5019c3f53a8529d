using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Restoration.Tests;

/// <summary>
/// ONNX Runtime gives what PyTorch gave (training/watermark/README.md says how the pair lies in its file). `make test-training`
/// names a net that it has just trained in LIVEFACE_PARITY; without it, the shipped one is looked at.
/// </summary>
public sealed class ParityTests
{
    private const float Most = 1e-4f;

    [Fact]
    public async Task OnnxRuntime_answers_as_PyTorch_does()
    {
        var (net, answers) = Environment.GetEnvironmentVariable("LIVEFACE_PARITY") is { Length: > 0 } tiny
            ? (tiny + ".onnx", tiny + ".bin")
            : (Path.Combine(Checkout.Root, "models", "own", "watermark.onnx"), Path.Combine(Checkout.Root, "training", "watermark", "parity.bin"));
        var file = await File.ReadAllBytesAsync(answers, TestContext.Current.CancellationToken);
        var (height, width) = (BitConverter.ToInt32(file, 0), BitConverter.ToInt32(file, 4));
        var plane = height * width;
        var numbers = new float[6 * plane + 4];
        file.Length.ShouldBe(8 + 4 * numbers.Length);
        Buffer.BlockCopy(file, 8, numbers, 0, file.Length - 8);

        using var session = new InferenceSession(net);
        using var picture = OrtValue.CreateTensorValueFromMemory(numbers[..(3 * plane)], [1, 3, height, width]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["picture"], [picture], ["mask", "cover"]);
        Furthest(results[0], numbers.AsSpan(3 * plane, plane)).ShouldBeLessThan(Most, "mask");
        Furthest(results[1], numbers.AsSpan(4 * plane, plane)).ShouldBeLessThan(Most, "coverage");
    }

    private static float Furthest(OrtValue result, ReadOnlySpan<float> expected)
    {
        var values = result.GetTensorDataAsSpan<float>();
        values.Length.ShouldBe(expected.Length);
        var most = 0f;
        for (var i = 0; i < values.Length; i++)
            most = Math.Max(most, Math.Abs(values[i] - expected[i]));
        return most;
    }
}
