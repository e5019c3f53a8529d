using System.Collections.Concurrent;
using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// A model of the catalogue on ONNX Runtime. The session is shared by all streams and is safe to run from several
/// threads; tensors belong to the lanes. When it is made, the model runs once, so that a file with other shapes than
/// its decoder reads, or with answers that are no numbers, is refused at the start and not in a room.
/// </summary>
public sealed class OnnxDetector : IDetector
{
    // A detection this far below the threshold still keeps a track alive.
    private const float WeakPart = 0.55f;

    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly InferenceBatcher? _ownBatcher;
    private readonly ConcurrentDictionary<InputSize, OutputTensor[]> _outputs = new();

    /// <summary>
    /// Takes a session over that was opened on the entry's file. With <paramref name="batches"/>, windows of several
    /// rooms are looked at together where the model allows it.
    /// </summary>
    /// <exception cref="ModelRefusedException">The model is not what its entry says.</exception>
    internal OnnxDetector(ModelEntry entry, InferenceSession session, bool ownsSession = true, BatchSettings? batches = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(session);
        Entry = entry;
        _session = session;
        _ownsSession = ownsSession;
        var score = entry.Thresholds.Score;
        var overlap = entry.Thresholds.Overlap > 0 ? entry.Thresholds.Overlap : DetectionThresholds.Default.Overlap;
        Thresholds = With(new DetectionThresholds(score, entry.Thresholds.Weak ?? score * WeakPart, overlap), entry.Thresholds);
        InputSize = new InputSize(entry.Input.Width, entry.Input.Height);
        if (!session.InputMetadata.TryGetValue(entry.Input.Name, out var input))
            throw new ModelRefusedException(entry.Id, $"an input '{entry.Input.Name}'",
                string.Join(" and ", session.InputMetadata.Keys.Select(name => $"'{name}'")));
        if (input.ElementType != typeof(float))
            throw new ModelRefusedException(entry.Id, "an input of 32-bit floats", $"{input.ElementType.Name}");
        _ = OutputsOf(InputSize);
        if (batches is not null && BatchCheck.Allows(this))
            Batcher = _ownBatcher = new InferenceBatcher(this, batches);
    }

    /// <summary>Opens the model in a file on one thread of the processor.</summary>
    /// <exception cref="ModelRefusedException">The file is no model, or not the one that its entry says.</exception>
    public static OnnxDetector Open(ModelEntry entry, string path, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        // Threads that spin while they wait take the cores from other rooms.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        InferenceSession session;
        try
        {
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelRefusedException(entry.Id, "an ONNX model", refused.Message, refused);
        }

        try
        {
            return new OnnxDetector(entry, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What the catalogue says of the model.</summary>
    internal ModelEntry Entry { get; }

    /// <inheritdoc/>
    public string ModelId => Entry.Id;

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => Entry.Labels;

    /// <inheritdoc/>
    public DetectionThresholds Thresholds { get; init; }

    internal OnnxDetector With(float score) => new(Entry, _session, ownsSession: false)
    {
        Thresholds = Thresholds with { Score = score, Weak = score * WeakPart },
        Batcher = Batcher,
    };

    private static DetectionThresholds With(DetectionThresholds usual, ModelThresholds told) => usual with
    {
        Live = told.Live is { } live ? new HidingBar(live.Small, live.Large) : usual.Live,
        Offline = told.Offline is { } offline ? new HidingBar(offline.Small, offline.Large) : usual.Offline,
        Heights = told.Heights is { } heights ? new HeightRange(heights.Least, heights.Most) : usual.Heights,
    };

    /// <inheritdoc/>
    public InputSize InputSize { get; }

    /// <inheritdoc/>
    public int InputStep => Entry.Input.Step;

    /// <inheritdoc/>
    public int SmallestFace => Entry.SmallestFace;

    /// <inheritdoc/>
    public bool TakesTurns => Entry.SmallestFace > 0;

    internal InferenceSession Session => _session;

    /// <summary>What puts windows of several rooms together; null where each is looked at by itself.</summary>
    internal InferenceBatcher? Batcher { get; private init; }

    /// <inheritdoc/>
    public IDetectorLane OpenLane(int slots) => new OnnxDetectorLane(this, slots);

    internal long[] ShapeOf(InputSize size) => Entry.Input.Layout == Models.TensorLayout.Nchw
        ? [1, Entry.Input.Channels, size.Height, size.Width]
        : [1, size.Height, size.Width, Entry.Input.Channels];

    internal DecoderSetup SetupFor(InputSize size, IReadOnlyList<OutputTensor> outputs) =>
        new(ModelId, size, Math.Max(1, Labels.Count), outputs);

    /// <summary>Names and shapes of what the model gives for an input of that size; found by running it once.</summary>
    internal OutputTensor[] OutputsOf(InputSize size) => _outputs.GetOrAdd(size, Probe);

    private OutputTensor[] Probe(InputSize size)
    {
        var input = new float[size.Area * Entry.Input.Channels];
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(input, ShapeOf(size));
            using var options = new RunOptions();
            using var results = _session.Run(options, [Entry.Input.Name], [value], _session.OutputNames);
            var outputs = new OutputTensor[results.Count];
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = ReadOutput(_session.OutputNames[i], results[i]);
            _ = SetupFor(size, outputs).Make(Entry.Decoder);
            return outputs;
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelRefusedException(
                ModelId, $"a model that runs on an input [{string.Join(',', ShapeOf(size))}]", refused.Message, refused);
        }
    }

    private OutputTensor ReadOutput(string name, OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        if (info.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float)
            throw new ModelRefusedException(ModelId, $"floats in the output '{name}'", info.ElementDataType.ToString());
        var values = value.GetTensorDataAsSpan<float>();
        if (!Finite.All(values))
            throw new ModelRefusedException(ModelId, $"numbers in the output '{name}'", "NaN or infinity for a black picture");
        return new OutputTensor(name, [.. info.Shape.Select(n => (int)n)], values.ToArray());
    }

    /// <summary>Closes the session. No lane may be running.</summary>
    public void Dispose()
    {
        _ownBatcher?.Dispose();
        if (_ownsSession)
            _session.Dispose();
    }
}
