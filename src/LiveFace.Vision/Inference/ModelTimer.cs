using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>How long passes through a model took.</summary>
/// <param name="Width">Width of the input.</param>
/// <param name="Height">Height of the input.</param>
/// <param name="Median">As long as half of the passes took at most.</param>
/// <param name="Least">The shortest pass.</param>
public readonly record struct ModelTiming(int Width, int Height, TimeSpan Median, TimeSpan Least);

/// <summary>Measures models on this machine, for choosing among them.</summary>
public static class ModelTimer
{
    private const int Warming = 5;

    /// <summary>Runs a model over a grey picture of its catalogue's size.</summary>
    public static ModelTiming Run(InferenceSession session, ModelEntry model, int passes, TimeProvider time, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        var (width, height) = (model.Input.Width, model.Input.Height);
        long[] shape = model.Input.Layout == TensorLayout.Nchw
            ? [1, model.Input.Channels, height, width]
            : [1, height, width, model.Input.Channels];
        using var input = OrtValue.CreateTensorValueFromMemory(new float[width * height * model.Input.Channels], shape);
        using var options = new RunOptions();
        var took = new List<TimeSpan>(passes);
        for (var pass = -Warming; pass < passes; pass++)
        {
            cancel.ThrowIfCancellationRequested();
            var began = time.GetTimestamp();
            session.Run(options, [model.Input.Name], [input], session.OutputNames).Dispose();
            if (pass >= 0)
                took.Add(time.GetElapsedTime(began));
        }
        took.Sort();
        return new ModelTiming(width, height, took[took.Count / 2], took[0]);
    }
}
