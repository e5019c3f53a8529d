using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Attributes;

/// <summary>
/// Tells age, gender and emotion of faces that were found. For each trait it is the first model of the catalogue that is on and
/// tells it. The sessions are shared by all; each who reads has a lane of its own.
/// </summary>
public sealed class FaceReaders : IFaceReaders
{
    private FaceReaders(FaceTraits tells, IReadOnlyList<FaceModel> models) => (Tells, Models) = (tells, models);

    /// <inheritdoc/>
    public FaceTraits Tells { get; }

    internal IReadOnlyList<FaceModel> Models { get; }

    /// <summary>Loads the models for these traits, which are prepared first where they are not.</summary>
    /// <exception cref="ModelException">No model that is on tells one of them, or it could not be prepared or loaded.</exception>
    /// <exception cref="ModelRefusedException">A model is not what the catalogue says.</exception>
    internal static async Task<FaceReaders> OpenAsync(
        ModelCatalogue catalogue, InferenceSessions sessions, FaceTraits traits, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(sessions);
        var models = new List<FaceModel>();
        foreach (var trait in Enum.GetValues<FaceTraits>())
        {
            if (trait == FaceTraits.None || !traits.HasFlag(trait) || models.Exists(model => model.Tells.HasFlag(trait)))
                continue;
            var entry = catalogue.Models.FirstOrDefault(model => model.IsOn && ReaderRegistry.Find(model)?.Tells.HasFlag(trait) == true)
                ?? throw new ModelException($"No model of the catalogue that is on tells {trait.ToString().ToLowerInvariant()}; see: liveface models");
            models.Add(new FaceModel(entry, ReaderRegistry.Find(entry)!, await sessions.GetAsync(entry.Id, progress, cancel)));
        }

        return new FaceReaders(traits, models);
    }

    /// <inheritdoc/>
    public IFaceReaderLane OpenLane() => new FaceReaderLane(this);
}
