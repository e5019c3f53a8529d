using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Attributes;

/// <summary>
/// One look at a face at a time. <see cref="Sample"/> copies the face out of a frame, before the frame is redacted in place;
/// <see cref="Infer"/> reads it on any thread, without the frame. Each model sees the face as it is and in the mirror.
/// </summary>
public sealed class FaceReaderLane : IFaceReaderLane
{
    /// <summary>Faces whose box is smaller than this in pixels are not read: a tenth of what the models take.</summary>
    public const float SmallestFace = 24;

    private const int Looks = 2;

    private readonly FaceReaders _readers;
    private readonly FaceCrop _crop = new();
    private readonly List<Reader> _lanes = [];

    internal FaceReaderLane(FaceReaders readers)
    {
        _readers = readers;
        foreach (var model in readers.Models)
            _lanes.Add(new Reader(model));
    }

    /// <inheritdoc/>
    public bool Sample(VideoFrame frame, BoxF box, FaceLandmarks? landmarks)
    {
        ArgumentNullException.ThrowIfNull(frame);
        // Written so that what is not a number is refused too.
        if (!(MathF.Min(box.Width, box.Height) >= SmallestFace) || FaceSquare.Of(box, landmarks) is not { IsUsable: true } square)
            return false;
        _crop.Take(frame, square);
        return true;
    }

    /// <summary>What was asked of the readers and could be read. A model that fails tells nothing.</summary>
    public FaceReading Infer()
    {
        var reading = new FaceReading();
        foreach (var lane in _lanes)
        {
            try
            {
                lane.Read(_crop, ref reading);
            }
            catch (OnnxRuntimeException failed)
            {
                FaultReports.Report("read a face", failed);
            }
        }

        return reading.Only(_readers.Tells);
    }

    private sealed class Reader
    {
        private readonly FaceModel _model;
        private readonly OutputTensor[] _outputs;
        private readonly IFaceReader _reader;
        private readonly float[] _planes;
        private readonly float[] _input;

        public Reader(FaceModel model)
        {
            _model = model;
            _outputs = [.. model.Outputs.Select(output => OutputTensor.Of(output.Name, output.Shape))];
            _reader = model.MakeReader(_outputs);
            var side = model.Entry.Input.Width;
            _planes = new float[3 * side * side];
            _input = new float[model.Entry.Input.Channels * side * side];
        }

        public void Read(FaceCrop crop, ref FaceReading reading)
        {
            foreach (var output in _outputs)
                output.Values.AsSpan().Clear();
            for (var look = 0; look < Looks; look++)
            {
                crop.Draw(_model.Entry.Input.Width, mirrored: look > 0, _planes);
                Fill();
                _model.Run(_input, Add);
            }

            _reader.Read(_outputs, Looks, ref reading);
        }

        private void Add(int output, ReadOnlySpan<float> values) =>
            System.Numerics.Tensors.TensorPrimitives.Add(_outputs[output].Values, values, _outputs[output].Values);

        private void Fill()
        {
            var input = _model.Entry.Input;
            var area = _planes.Length / 3;
            ReadOnlySpan<float> red = _planes.AsSpan(0, area), green = _planes.AsSpan(area, area), blue = _planes.AsSpan(2 * area);
            for (var channel = 0; channel < input.Channels; channel++)
            {
                var (mean, std) = (input.Mean[input.Mean.Count == 1 ? 0 : channel], input.Std[input.Std.Count == 1 ? 0 : channel]);
                var plane = _input.AsSpan(channel * area, area);
                if (input.Colour == ColourOrder.Grey)
                    for (var i = 0; i < area; i++)
                        plane[i] = (0.299f * red[i] + 0.587f * green[i] + 0.114f * blue[i] - mean) / std;
                else
                {
                    var from = (channel, input.Colour) is (0, ColourOrder.Rgb) or (2, ColourOrder.Bgr) ? red : channel == 1 ? green : blue;
                    for (var i = 0; i < area; i++)
                        plane[i] = (from[i] - mean) / std;
                }
            }
        }
    }
}
