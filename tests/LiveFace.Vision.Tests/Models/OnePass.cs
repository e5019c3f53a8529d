using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Runs a model once, without any code of the house between it and ONNX Runtime.</summary>
internal static class OnePass
{
    public static Dictionary<string, float[]> Run(InferenceSession session, long[] shape, float[] input)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [session.InputNames[0]], [value], session.OutputNames);
        return session.OutputNames.Zip(outputs).ToDictionary(
            pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray(), StringComparer.Ordinal);
    }

    public static Dictionary<string, float[]> Run(byte[] model, long[] shape, float[] input)
    {
        using var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, settings);
        return Run(session, shape, input);
    }
}
