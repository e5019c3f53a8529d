using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>
/// Measures a model on this machine, pass by pass, so that models can take turns: then whatever else the machine does
/// meets them all alike, and their ratio stands.
/// </summary>
public sealed class ModelTimer : IDisposable
{
    private const int Warming = 5;
    private readonly List<TimeSpan> _took = [];
    private readonly RunOptions _options = new();
    private readonly InferenceSession _session;
    private readonly ModelEntry _model;
    private readonly OrtValue _input;
    private readonly TimeProvider _time;

    /// <summary>Makes a black picture of the catalogue's size and warms the model up with it.</summary>
    public ModelTimer(InferenceSession session, ModelEntry model, TimeProvider time)
    {
        (_session, _model, _time) = (session, model, time);
        var (width, height, channels) = (model.Input.Width, model.Input.Height, model.Input.Channels);
        long[] shape = model.Input.Layout == TensorLayout.Nchw ? [1, channels, height, width] : [1, height, width, channels];
        _input = OrtValue.CreateTensorValueFromMemory(new float[width * height * channels], shape);
        for (var pass = 0; pass < Warming; pass++)
            Run();
    }

    /// <summary>Passes measured so far.</summary>
    internal int Passes => _took.Count;

    /// <summary>As long as half of the passes took at most.</summary>
    public TimeSpan Median => _took.Order().ElementAt(_took.Count / 2);

    /// <summary>The shortest pass.</summary>
    public TimeSpan Least => _took.Min();

    /// <summary>Measures one pass.</summary>
    public void Pass()
    {
        var began = _time.GetTimestamp();
        Run();
        _took.Add(_time.GetElapsedTime(began));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _options.Dispose();
    }

    private void Run() => _session.Run(_options, [_model.Input.Name], [_input], _session.OutputNames).Dispose();
}
