using LiveFace.Vision.Detection;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Files;

/// <summary>A detector by the name that a policy uses for it.</summary>
internal sealed record FileModel(string Name, IDetector Detector)
{
    /// <summary>The models that a policy needs; what is not there yet is prepared first.</summary>
    /// <exception cref="ModelException">One is unknown or off, or could not be prepared.</exception>
    public static async Task<IReadOnlyList<FileModel>> AllForAsync(
        string[] names, ModelCatalogue catalogue, Detectors detectors, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        var models = new List<FileModel>();
        foreach (var name in names)
        {
            var entry = catalogue.ForPolicy(name)
                ?? throw new ModelException($"No model of the catalogue is called '{name}' or does that job and is on; see: liveface models");
            models.Add(new FileModel(name, await detectors.GetAsync(entry.Id, progress, cancel)));
        }

        return models;
    }
}
