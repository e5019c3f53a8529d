using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>The model on the windows of a look: tensors bound once for each, filled beforehand, and one call each.</summary>
internal sealed class BareWindows(OnnxDetector detector) : IDisposable
{
    private readonly Dictionary<(InputSize Size, int Number), Window> _windows = [];
    private readonly List<Window> _filled = [];
    private readonly RunOptions _options = new();
    private readonly TurnedTensors _turned = new(detector);

    public void Fill(VideoFrame picture, List<(PixelRect Window, InputSize Size, QuarterTurns Turns)> windows)
    {
        _filled.Clear();
        foreach (var (region, size, turns) in windows)
        {
            var number = _filled.Count(window => window.Size == size);
            if (!_windows.TryGetValue((size, number), out var window))
                _windows.Add((size, number), window = new Window(detector, size));
            var part = new PictureRegion(region.X, region.Y, region.Width, region.Height);
            if (turns == QuarterTurns.None)
                window.Sampler.Sample(picture, part, window.Input);
            else
                _turned.Sample(picture, part, size, turns, window.Input);
            _filled.Add(window);
        }
    }

    public void Run()
    {
        foreach (var window in _filled)
            detector.Session.RunWithBinding(_options, window.Binding);
    }

    public void Dispose()
    {
        foreach (var window in _windows.Values)
            window.Dispose();
        _options.Dispose();
    }

    private sealed class Window : IDisposable
    {
        private readonly List<OrtValue> _values = [];

        public Window(OnnxDetector detector, InputSize size)
        {
            Size = size;
            Sampler = new TensorSampler(ModelTensor.FormatOf(detector.Entry, size));
            Input = GC.AllocateArray<float>(size.Area * detector.Entry.Input.Channels, pinned: true);
            Binding = detector.Session.CreateIoBinding();
            _values.Add(OrtValue.CreateTensorValueFromMemory(Input, detector.ShapeOf(size)));
            Binding.BindInput(detector.Entry.Input.Name, _values[^1]);
            foreach (var output in detector.OutputsOf(size))
            {
                var values = GC.AllocateArray<float>(output.Values.Length, pinned: true);
                _values.Add(OrtValue.CreateTensorValueFromMemory(values, [.. output.Shape.Select(n => (long)n)]));
                Binding.BindOutput(output.Name, _values[^1]);
            }
        }

        public InputSize Size { get; }

        public TensorSampler Sampler { get; }

        public float[] Input { get; }

        public OrtIoBinding Binding { get; }

        public void Dispose()
        {
            Binding.Dispose();
            _values.ForEach(value => value.Dispose());
        }
    }
}
