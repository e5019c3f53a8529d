using LiveFace.Media.Frames;
using LiveFace.Vision.Detection.Decoders;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// One input tensor of a lane with all that hangs on it: the memory that the outputs are written to, both bound to the
/// session once, the decoder, and where the window lay.
/// </summary>
internal sealed class OnnxSlot : IDisposable
{
    private readonly OnnxDetector _detector;
    private readonly float[] _input;
    private readonly OutputTensor[] _outputs;
    private readonly OrtValue _inputValue;
    private readonly OrtValue[] _outputValues;
    private readonly OrtIoBinding _binding;
    private readonly IDetectionDecoder _decoder;
    private readonly TensorSampler _sampler;
    private TensorMapping _mapping;
    private PixelRect _window;
    private QuarterTurns _turns;

    public OnnxSlot(OnnxDetector detector, InputSize size)
    {
        _detector = detector;
        Size = size;
        _sampler = new TensorSampler(ModelTensor.FormatOf(detector.Entry, size));
        // Not cleared, so that a window that no budget ever allows takes no memory of the machine.
        _input = GC.AllocateUninitializedArray<float>(size.Area * detector.Entry.Input.Channels, pinned: true);
        _inputValue = OrtValue.CreateTensorValueFromMemory(_input, detector.ShapeOf(size));
        var known = detector.OutputsOf(size);
        _outputs = new OutputTensor[known.Length];
        _outputValues = new OrtValue[known.Length];
        _binding = detector.Session.CreateIoBinding();
        _binding.BindInput(detector.Entry.Input.Name, _inputValue);
        for (var i = 0; i < known.Length; i++)
        {
            var values = GC.AllocateUninitializedArray<float>(known[i].Values.Length, pinned: true);
            _outputs[i] = known[i] with { Values = values };
            _outputValues[i] = OrtValue.CreateTensorValueFromMemory(values, [.. known[i].Shape.Select(n => (long)n)]);
            _binding.BindOutput(known[i].Name, _outputValues[i]);
        }

        Ticket = new BatchTicket(size, _input, _outputs);
        _decoder = detector.SetupFor(size, _outputs).Make(detector.Entry.Decoder);
    }

    public InputSize Size { get; }

    public bool InUse { get; set; }

    /// <summary>Under which its window is looked at together with others.</summary>
    public BatchTicket Ticket { get; }

    public void Prepare(int pictureWidth) => _sampler.Reserve(pictureWidth);

    public void Sample(VideoFrame frame, PixelRect window, QuarterTurns turns, TurnedTensors turned)
    {
        (_window, _turns) = (window, turns);
        var region = new PictureRegion(window.X, window.Y, window.Width, window.Height);
        _mapping = turns == QuarterTurns.None
            ? _sampler.Sample(frame, region, _input)
            : turned.Sample(frame, region, Size, turns, _input);
    }

    public DetectionVerdict Infer(RunOptions options, DetectionList found)
    {
        try
        {
            _detector.Session.RunWithBinding(options, _binding);
        }
        catch (OnnxRuntimeException)
        {
            return DetectionVerdict.Failed;
        }

        return Read(found);
    }

    /// <summary>Reads what the model has written to the outputs.</summary>
    public DetectionVerdict Read(DetectionList found)
    {
        foreach (var output in _outputs)
            if (!Finite.All(output.Values))
                return DetectionVerdict.NotFinite;
        var from = found.Count;
        var masksFrom = found.Masks.Length;
        var weak = _turns == QuarterTurns.None ? _detector.Thresholds.Weak : MathF.Max(_detector.Thresholds.Weak, LookSuspects.FirstTurned);
        _decoder.Decode(_outputs, weak, found);
        LeadBack(found, from, masksFrom);
        Suppression.KeepStrongest(found, _detector.Thresholds.Overlap, from);
        return found.Dropped > 0 ? DetectionVerdict.TooMany : DetectionVerdict.Seen;
    }

    /// <summary>From pixels of the input to pixels of the frame; what reaches over the window is cut off.</summary>
    private void LeadBack(DetectionList found, int from, int masksFrom)
    {
        var items = found.Items;
        var scale = 1 / MathF.Max(_mapping.ScaleX, _mapping.ScaleY);
        for (var i = from; i < items.Length; i++)
            items[i] = items[i] with { Box = Clip(Box(items[i].Box)), Landmarks = Points(items[i].Landmarks), Turns = _turns, Scale = scale };
        foreach (var mask in found.Masks[masksFrom..])
            mask.MoveTo(Box(mask.Region));
    }

    private BoxF Box(BoxF box)
    {
        var (ax, ay) = Point(box.Left, box.Top);
        var (bx, by) = Point(box.Right, box.Bottom);
        return new BoxF(MathF.Min(ax, bx), MathF.Min(ay, by), MathF.Max(ax, bx), MathF.Max(ay, by));
    }

    private BoxF Clip(BoxF box) => new(
        MathF.Max(box.Left, _window.X), MathF.Max(box.Top, _window.Y),
        MathF.Min(box.Right, _window.Right), MathF.Min(box.Bottom, _window.Bottom));

    private FaceLandmarks? Points(FaceLandmarks? landmarks)
    {
        if (landmarks is not { } l)
            return null;
        var (rightEyeX, rightEyeY) = Point(l.RightEyeX, l.RightEyeY);
        var (leftEyeX, leftEyeY) = Point(l.LeftEyeX, l.LeftEyeY);
        var (noseX, noseY) = Point(l.NoseX, l.NoseY);
        var (rightMouthX, rightMouthY) = Point(l.RightMouthX, l.RightMouthY);
        var (leftMouthX, leftMouthY) = Point(l.LeftMouthX, l.LeftMouthY);
        return new FaceLandmarks(rightEyeX, rightEyeY, leftEyeX, leftEyeY, noseX, noseY, rightMouthX, rightMouthY, leftMouthX, leftMouthY);
    }

    /// <summary>A point of the input in the frame: turned back first.</summary>
    private (float X, float Y) Point(float x, float y)
    {
        (x, y) = _turns switch
        {
            QuarterTurns.Clockwise => (y, Size.Width - x),
            QuarterTurns.Half => (Size.Width - x, Size.Height - y),
            QuarterTurns.CounterClockwise => (Size.Height - y, x),
            _ => (x, y),
        };
        return (_mapping.PictureX(x), _mapping.PictureY(y));
    }

    public void Dispose()
    {
        _binding.Dispose();
        _inputValue.Dispose();
        foreach (var value in _outputValues)
            value.Dispose();
    }
}
