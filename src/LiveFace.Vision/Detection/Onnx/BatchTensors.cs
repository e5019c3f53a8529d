using LiveFace.Vision.Detection.Decoders;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// Memory for batches of one input size, bound to the session once for each number of windows, so that a run makes
/// nothing. Windows are copied in and answers out; that is little beside an inference.
/// </summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<IDisposable> _owned = [];
    private readonly OrtIoBinding[] _bindings;
    private readonly float[] _input;
    private readonly float[][] _outputs;

    public BatchTensors(
        OnnxDetector detector, InputSize size, int most, OrtLoggingLevel log = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR)
    {
        Size = size;
        _options.LogSeverityLevel = log;
        _session = detector.Session;
        _owned.Add(_options);
        var known = detector.OutputsOf(size);
        _input = GC.AllocateUninitializedArray<float>(most * size.Area * detector.Entry.Input.Channels, pinned: true);
        _outputs = [.. known.Select(o => GC.AllocateUninitializedArray<float>(most * o.Values.Length, pinned: true))];
        _bindings = new OrtIoBinding[most];
        for (var windows = 1; windows <= most; windows++)
            _bindings[windows - 1] = Bind(detector, size, known, windows);
    }

    public InputSize Size { get; }

    /// <summary>Runs the model once on all of them and writes each one's answer to its own outputs.</summary>
    /// <exception cref="OnnxRuntimeException">The inference failed; nothing is known of any of them.</exception>
    public void Run(ReadOnlySpan<BatchTicket> batch)
    {
        var length = batch[0].Input.Length;
        for (var i = 0; i < batch.Length; i++)
            batch[i].Input.CopyTo(_input.AsSpan(i * length, length));
        _session.RunWithBinding(_options, _bindings[batch.Length - 1]);
        for (var i = 0; i < batch.Length; i++)
            for (var o = 0; o < _outputs.Length; o++)
            {
                var values = batch[i].Outputs[o].Values;
                _outputs[o].AsSpan(i * values.Length, values.Length).CopyTo(values);
            }
    }

    public void Dispose()
    {
        foreach (var owned in Enumerable.Reverse(_owned))
            owned.Dispose();
    }

    private OrtIoBinding Bind(OnnxDetector detector, InputSize size, OutputTensor[] known, int windows)
    {
        var binding = _session.CreateIoBinding();
        _owned.Add(binding);
        var shape = detector.ShapeOf(size);
        shape[0] = windows;
        binding.BindInput(detector.Entry.Input.Name, Value(_input, _input.Length / _bindings.Length * windows, shape));
        for (var o = 0; o < known.Length; o++)
        {
            long[] answers = [windows, .. known[o].Shape.Skip(1).Select(n => (long)n)];
            binding.BindOutput(known[o].Name, Value(_outputs[o], known[o].Values.Length * windows, answers));
        }

        return binding;
    }

    private OrtValue Value(float[] memory, int length, long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(0, length), shape);
        _owned.Insert(0, value);
        return value;
    }
}
