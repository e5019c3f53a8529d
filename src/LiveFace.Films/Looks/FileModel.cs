using LiveFace.Vision.Detection;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Films.Looks;

/// <summary>
/// A detector by the name that a policy uses for it, in which views it looks, and the other detectors that look beside it there.
/// </summary>
public sealed record FileModel(string Name, IDetector Detector, LookViews Views = LookViews.None, IReadOnlyList<IDetector>? Seconds = null)
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
            var detector = await detectors.GetAsync(entry.Id, progress, cancel);
            var seconds = new List<IDetector>();
            // Who asks for a job gets all that do it; who asks for one model gets that.
            foreach (var second in name == entry.Id ? [] : SecondsOf(entry, catalogue))
                seconds.Add(await detectors.GetAsync(second.Id, progress, cancel));
            models.Add(new FileModel(name, detector, entry.Job == ModelJob.Faces ? LookViews.All : LookViews.None, seconds));
        }

        return models;
    }

    /// <summary>The face models that look beside a face model: all others that are on.</summary>
    public static IEnumerable<ModelEntry> SecondsOf(ModelEntry entry, ModelCatalogue catalogue) =>
        catalogue.Models.Where(other => entry.Job == ModelJob.Faces && other.Job == ModelJob.Faces && other.IsOn && other.Id != entry.Id
            && other.Labels.SequenceEqual(entry.Labels));
}
