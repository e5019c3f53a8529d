using System.Collections.Concurrent;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Loading;

/// <summary>The detectors of the catalogue, one of each for all rooms, on the sessions that all share.</summary>
public sealed class Detectors : IDisposable
{
    private readonly ConcurrentDictionary<string, OnnxDetector> _known = new(StringComparer.Ordinal);
    private readonly ModelCatalogue _catalogue;
    private readonly InferenceSessions _sessions;

    /// <summary>Detectors are made when first asked for. The sessions stay the caller's.</summary>
    public Detectors(ModelCatalogue catalogue, InferenceSessions sessions)
    {
        _catalogue = catalogue;
        _sessions = sessions;
    }

    /// <summary>The detector on a model that is prepared.</summary>
    /// <exception cref="ModelException">The model is unknown, off or not prepared, or no ONNX file.</exception>
    /// <exception cref="ModelRefusedException">It is not what the catalogue says.</exception>
    internal IDetector Get(string modelId) =>
        _known.TryGetValue(modelId, out var known) ? known : Keep(new OnnxDetector(
            _catalogue.Find(modelId), _sessions.Get(modelId), ownsSession: false, _sessions.Batches));

    /// <summary>The detector on a model, which is prepared first where it is not.</summary>
    /// <exception cref="ModelException">The model is unknown or off, or could not be prepared or loaded.</exception>
    /// <exception cref="ModelRefusedException">It is not what the catalogue says.</exception>
    public async Task<IDetector> GetAsync(
        string modelId, IProgress<PreparationStep>? progress, CancellationToken cancel) =>
        _known.TryGetValue(modelId, out var known) ? known : Keep(new OnnxDetector(
            _catalogue.Find(modelId), await _sessions.GetAsync(modelId, progress, cancel), ownsSession: false, _sessions.Batches));

    /// <summary>What tells people apart; its models are prepared first where they are not.</summary>
    /// <exception cref="ModelException">A model is unknown or off, or could not be prepared or loaded.</exception>
    public Task<FaceIdentifier> GetIdentifierAsync(IProgress<PreparationStep>? progress, CancellationToken cancel) =>
        FaceIdentifier.OpenAsync(_catalogue, _sessions, progress, cancel);

    /// <summary>What reads faces; its models are prepared first where they are not.</summary>
    /// <exception cref="ModelException">No model that is on tells one of the traits, or it could not be prepared or loaded.</exception>
    public Task<FaceReaders> GetReadersAsync(FaceTraits traits, IProgress<PreparationStep>? progress, CancellationToken cancel) =>
        FaceReaders.OpenAsync(_catalogue, _sessions, traits, progress, cancel);

    /// <summary>Forgets the detectors. No lane of theirs may be in use.</summary>
    public void Dispose()
    {
        foreach (var detector in _known.Values)
            detector.Dispose();
        _known.Clear();
    }

    private OnnxDetector Keep(OnnxDetector made)
    {
        var kept = _known.GetOrAdd(made.ModelId, made);
        if (!ReferenceEquals(kept, made))
            made.Dispose();
        return kept;
    }
}
