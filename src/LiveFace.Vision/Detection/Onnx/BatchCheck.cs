using LiveFace.Vision.Detection.Decoders;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// Tells by a real run whether a model may be given several windows at once: two different pictures together have to
/// give what each gives alone. A graph with the number of pictures written into it does not.
/// </summary>
internal static class BatchCheck
{
    private const float Tolerance = 1e-3f;

    public static bool Allows(OnnxDetector detector)
    {
        var size = detector.InputSize;
        var known = detector.OutputsOf(size);
        if (!known.All(output => output.Rank > 1 && output.Shape[0] == 1))
            return false;
        BatchTicket[] together = [Picture(detector, size, known, 0.11f), Picture(detector, size, known, 0.47f)];
        BatchTicket[] alone = [Picture(detector, size, known, 0.11f), Picture(detector, size, known, 0.47f)];
        try
        {
            // A refusal is an answer here and no error for the log.
            using var tensors = new BatchTensors(detector, size, 2, OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            tensors.Run(together);
            foreach (var ticket in alone)
                tensors.Run([ticket]);
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }

        return together.Zip(alone).All(pair => pair.First.Outputs.Zip(pair.Second.Outputs).All(o => AreAlike(o.First, o.Second)));
    }

    private static BatchTicket Picture(OnnxDetector detector, InputSize size, OutputTensor[] known, float pace)
    {
        var input = new float[size.Area * detector.Entry.Input.Channels];
        for (var i = 0; i < input.Length; i++)
            input[i] = MathF.Sin(i * pace);
        return new BatchTicket(size, input, [.. known.Select(o => o with { Values = new float[o.Values.Length] })]);
    }

    private static bool AreAlike(OutputTensor a, OutputTensor b)
    {
        for (var i = 0; i < a.Values.Length; i++)
            if (!(MathF.Abs(a.Values[i] - b.Values[i]) <= Tolerance * (1 + MathF.Abs(b.Values[i]))))
                return false;
        return true;
    }
}
