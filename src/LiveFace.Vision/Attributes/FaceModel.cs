using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Attributes;

/// <summary>A model that reads faces, on the session that all share.</summary>
internal sealed class FaceModel
{
    private readonly InferenceSession _session;
    private readonly ReaderEntry _reader;

    /// <exception cref="ModelRefusedException">The model is not what its entry says.</exception>
    public FaceModel(ModelEntry entry, ReaderEntry reader, InferenceSession session)
    {
        (Entry, _reader, _session) = (entry, reader, session);
        if (entry.Input.Width != entry.Input.Height || entry.Input.Layout != TensorLayout.Nchw)
            throw new ModelRefusedException(entry.Id, "a square input, channels first", $"{entry.Input.Width}×{entry.Input.Height}, {ModelWords.Of(entry.Input.Layout)}");
        Outputs = Probe();
        _ = MakeReader(Outputs);
    }

    public ModelEntry Entry { get; }

    /// <summary>What it tells.</summary>
    public FaceTraits Tells => _reader.Tells;

    /// <summary>Names and shapes of what it gives.</summary>
    public OutputTensor[] Outputs { get; }

    private InputSize Size => new(Entry.Input.Width, Entry.Input.Height);

    public IFaceReader MakeReader(IReadOnlyList<OutputTensor> outputs) => _reader.Make(new DecoderSetup(Entry.Id, Size, Math.Max(1, Entry.Labels.Count), outputs), Entry);

    /// <summary>Looks at one face; the outputs are there until <paramref name="read"/> has seen them.</summary>
    public void Run(float[] input, Action<int, ReadOnlySpan<float>> read)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, Entry.Input.Channels, Size.Height, Size.Width]);
        using var options = new RunOptions();
        using var results = _session.Run(options, [Entry.Input.Name], [value], _session.OutputNames);
        for (var i = 0; i < results.Count; i++)
            read(i, results[i].GetTensorDataAsSpan<float>());
    }

    private OutputTensor[] Probe()
    {
        var outputs = new List<OutputTensor>();
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(new float[Entry.Input.Channels * Size.Area], [1, Entry.Input.Channels, Size.Height, Size.Width]);
            using var options = new RunOptions();
            using var results = _session.Run(options, [Entry.Input.Name], [value], _session.OutputNames);
            for (var i = 0; i < results.Count; i++)
                outputs.Add(OutputTensor.Of(_session.OutputNames[i], [.. results[i].GetTensorTypeAndShape().Shape.Select(side => (int)side)]));
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelRefusedException(Entry.Id, $"a model that runs on an input [1,{Entry.Input.Channels},{Size.Height},{Size.Width}]", refused.Message, refused);
        }

        return [.. outputs];
    }
}
