using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Identity;

/// <summary>A model's input and output in memory of ours, bound once.</summary>
internal sealed class BoundModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly OrtValue _inputValue;
    private readonly OrtValue _outputValue;
    private readonly OrtIoBinding _binding;

    public BoundModel(InferenceSession session, string input, long[] shape, int outputs)
    {
        _session = session;
        _input = GC.AllocateArray<float>((int)(shape[1] * shape[2] * shape[3]), pinned: true);
        _output = GC.AllocateArray<float>(outputs, pinned: true);
        _inputValue = OrtValue.CreateTensorValueFromMemory(_input, shape);
        _outputValue = OrtValue.CreateTensorValueFromMemory(_output, [1, outputs]);
        _binding = session.CreateIoBinding();
        _binding.BindInput(input, _inputValue);
        _binding.BindOutput(session.OutputNames[0], _outputValue);
    }

    public Span<float> Input => _input;

    public ReadOnlySpan<float> Output => _output;

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _inputValue.Dispose();
        _outputValue.Dispose();
        _options.Dispose();
    }
}
