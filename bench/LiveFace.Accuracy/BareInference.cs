using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Accuracy;

/// <summary>
/// A model alone on the windows of a plan. Each window has memory of its own and is filled out of the frame, as in the
/// step that it is compared with: windows that share their memory stay in the cache and are looked at faster.
/// </summary>
internal sealed class BareInference(OnnxDetector detector) : IDisposable
{
    private readonly List<Slot> _slots = [];
    private readonly List<Slot> _filled = [];
    private readonly RunOptions _options = new();

    public void Fill(LookPlan plan, VideoFrame frame)
    {
        _filled.Clear();
        foreach (ref readonly var planned in plan.Windows)
        {
            var size = planned.Size;
            var slot = _slots.Find(slot => slot.Size == size && !_filled.Contains(slot));
            if (slot is null)
                _slots.Add(slot = new Slot(detector, size));
            slot.Fill(frame, planned.Window);
            _filled.Add(slot);
        }
    }

    public void Run()
    {
        foreach (var slot in _filled)
            detector.Session.RunWithBinding(_options, slot.Binding);
    }

    public void Dispose()
    {
        _slots.ForEach(slot => slot.Dispose());
        _options.Dispose();
    }

    private sealed class Slot : IDisposable
    {
        private readonly TensorSampler _sampler;
        private readonly float[] _input;
        private readonly List<OrtValue> _values = [];

        public Slot(OnnxDetector detector, InputSize size)
        {
            Size = size;
            _sampler = new TensorSampler(ModelTensor.FormatOf(detector.Entry, size));
            _input = new float[_sampler.Format.Length];
            Binding = detector.Session.CreateIoBinding();
            Binding.BindInput(detector.Entry.Input.Name, Value(_input, detector.ShapeOf(size)));
            foreach (var output in detector.OutputsOf(size))
                Binding.BindOutput(output.Name, Value(new float[output.Values.Length], [.. output.Shape.Select(n => (long)n)]));
        }

        public InputSize Size { get; }

        public OrtIoBinding Binding { get; }

        public void Fill(VideoFrame frame, PixelRect window) => _sampler.Sample(frame, window, _input);

        public void Dispose()
        {
            Binding.Dispose();
            _values.ForEach(value => value.Dispose());
        }

        private OrtValue Value(float[] memory, long[] shape)
        {
            _values.Add(OrtValue.CreateTensorValueFromMemory(memory, shape));
            return _values[^1];
        }
    }
}
