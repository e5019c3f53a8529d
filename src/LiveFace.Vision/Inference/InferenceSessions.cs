using System.Collections.Concurrent;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Inference;

/// <summary>
/// Loaded models, one session each for all rooms: ONNX Runtime lets many threads run one session at a time, and the
/// weights are in memory once.
/// </summary>
public sealed class InferenceSessions : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<InferenceSession>> _sessions = new(StringComparer.Ordinal);
    private readonly ModelCatalogue _catalogue;
    private readonly ModelPreparation _preparation;
    private readonly SessionLoader _loader;

    /// <summary>Chooses the device; models are loaded when first asked for.</summary>
    /// <exception cref="InferenceException">The settings ask for what is not there.</exception>
    public InferenceSessions(ModelCatalogue catalogue, ModelPreparation preparation, InferenceOptions options)
        : this(catalogue, preparation, SelectDevice(options), SessionSettings.For, options)
    {
    }

    internal InferenceSessions(
        ModelCatalogue catalogue, ModelPreparation preparation, InferenceDevice device,
        Func<InferenceDevice, SessionOptions> settings, InferenceOptions? options = null)
    {
        _catalogue = catalogue;
        _preparation = preparation;
        _loader = new SessionLoader(device, settings, options ?? new InferenceOptions());
    }

    /// <summary>The device that models run on. Where it was chosen by <c>auto</c> and a model does not load on a GPU, the CPU takes over.</summary>
    public InferenceDevice Device => _loader.Device;

    /// <summary>How windows of several rooms are put together on the device; null where each is looked at by itself.</summary>
    internal BatchSettings? Batches => _loader.Batches;

    /// <summary>The device that the settings lead to.</summary>
    /// <exception cref="InferenceException">The settings ask for what is not there.</exception>
    public static InferenceDevice SelectDevice(InferenceOptions options) =>
        new DeviceSelection(new CudaProvider(AppContext.BaseDirectory)).Select(options, Environment.ProcessorCount);

    /// <summary>A model's session, prepared and loaded before if it was not.</summary>
    /// <exception cref="ModelException">The model is unknown, off, or could not be prepared or loaded.</exception>
    public async Task<InferenceSession> GetAsync(string modelId, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        var model = Usable(modelId);
        await _preparation.PrepareAsync(model, progress, cancel);
        return Load(model);
    }

    /// <summary>The session of a model that is prepared; it is loaded before if it was not.</summary>
    /// <exception cref="ModelException">The model is unknown, off or not prepared, or could not be loaded.</exception>
    public InferenceSession Get(string modelId)
    {
        var model = Usable(modelId);
        if (!_preparation.IsPrepared(model))
            throw new ModelException($"Model '{modelId}' is not prepared; run: liveface models prepare {modelId}");
        return Load(model);
    }

    /// <summary>
    /// Forgets all models. A look or a load that is under way holds its session, and would take the process down if that
    /// went away under it; so each session is given back by its finalizer, once nobody holds it any more.
    /// </summary>
    public void Dispose() => _sessions.Clear();

    private ModelEntry Usable(string modelId)
    {
        var model = _catalogue.Find(modelId);
        return model.IsOn
            ? model
            : throw new ModelException($"Model '{modelId}' is off (licence of its weights: {model.Licence.Weights}); turn it on with: liveface models on {modelId}");
    }

    /// <summary>Callers at the same time wait for one loading; one that failed is forgotten, so that the next call tries again.</summary>
    private InferenceSession Load(ModelEntry model)
    {
        var session = _sessions.GetOrAdd(model.Id, _ => new Lazy<InferenceSession>(() => _loader.Load(model, _preparation.PathOf(model))));
        try
        {
            return session.Value;
        }
        catch (ModelException)
        {
            _sessions.TryRemove(new KeyValuePair<string, Lazy<InferenceSession>>(model.Id, session));
            throw;
        }
    }
}
