using System.Security.Cryptography;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Films.Looks;

/// <summary>Models that were opened to look at files, with all that they stand on.</summary>
public sealed class FileModels : IDisposable
{
    private readonly ModelPreparation _preparation;
    private readonly InferenceSessions _sessions;
    private readonly Detectors _detectors;

    private readonly ModelCatalogue _catalogue;

    private FileModels(ModelCatalogue catalogue, InferenceOptions inference)
    {
        _catalogue = catalogue;
        _preparation = new ModelPreparation(catalogue, TimeProvider.System);
        _sessions = new InferenceSessions(catalogue, _preparation, inference);
        _detectors = new Detectors(catalogue, _sessions);
    }

    /// <summary>The models, by the names that policies use.</summary>
    public IReadOnlyList<FileModel> All { get; private set; } = [];

    /// <summary>The hashes of the models' files, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; private set; } = new Dictionary<string, string>();

    /// <summary>Opens models, which are prepared first where they are not.</summary>
    /// <exception cref="ModelException">One is unknown or off, or could not be prepared.</exception>
    public static async Task<FileModels> OpenAsync(
        ModelCatalogue catalogue, string[] names, InferenceOptions inference, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        var models = new FileModels(catalogue, inference);
        try
        {
            models.All = await FileModel.AllForAsync(names, catalogue, models._detectors, progress, cancel);
            models.Hashes = await models.HashAsync(catalogue, cancel);
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>Models by other names, opened beside these.</summary>
    /// <exception cref="ModelException">One is unknown or off, or could not be prepared.</exception>
    public Task<IReadOnlyList<FileModel>> FindAsync(string[] names, CancellationToken cancel) =>
        FileModel.AllForAsync(names, _catalogue, _detectors, progress: null, cancel);

    /// <summary>What reads faces, opened beside these.</summary>
    /// <exception cref="ModelException">No model that is on tells one of the traits, or it could not be prepared.</exception>
    public Task<FaceReaders> ReadersAsync(FaceTraits traits, CancellationToken cancel) => _detectors.GetReadersAsync(traits, progress: null, cancel);

    /// <summary>What reads the faces that a policy goes by; null where it reads nothing or that could not be opened.</summary>
    public Task<IFaceReaders?> ReadersAsync(RedactionPolicy policy, CancellationToken cancel) => PolicyReaders.OpenAsync(policy, _detectors, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _detectors.Dispose();
        _sessions.Dispose();
        _preparation.Dispose();
    }

    private async Task<Dictionary<string, string>> HashAsync(ModelCatalogue catalogue, CancellationToken cancel)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var detector in All.SelectMany(model => model.Detectors))
        {
            if (hashes.ContainsKey(detector.ModelId))
                continue;
            await using var file = File.OpenRead(_preparation.PathOf(catalogue.Find(detector.ModelId)));
            hashes[detector.ModelId] = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        }

        return hashes;
    }
}
