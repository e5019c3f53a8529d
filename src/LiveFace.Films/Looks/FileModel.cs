using LiveFace.Vision.Detection;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Films.Looks;

/// <summary>
/// A detector by the name that a policy uses for it, in which views it looks, the other detectors that look beside it there, and the one
/// that glances in its place.
/// </summary>
public sealed record FileModel(
    string Name, IDetector Detector, LookViews Views = LookViews.None, IReadOnlyList<IDetector>? Seconds = null, IDetector? Quick = null)
{
    /// <summary>All detectors that look, each once.</summary>
    public IEnumerable<IDetector> Detectors => (Seconds ?? []).Prepend(Detector).Append(Quick ?? Detector).Distinct();

    /// <summary>The models that a policy needs; what is not there yet is prepared first.</summary>
    /// <exception cref="ModelException">One is unknown or off, or could not be prepared.</exception>
    public static async Task<IReadOnlyList<FileModel>> AllForAsync(
        string[] names, ModelCatalogue catalogue, Detectors detectors, IProgress<PreparationStep>? progress, CancellationToken cancel)
    {
        var models = new List<FileModel>();
        foreach (var name in names)
        {
            var entry = catalogue.ForFiles(name)
                ?? throw new ModelException($"No model of the catalogue is called '{name}' or does that job and is on; see: liveface models");
            var detector = await detectors.GetAsync(entry.Id, progress, cancel);
            var seconds = new List<IDetector>();
            // Who asks for a job gets all that do it; who asks for one model gets that.
            foreach (var second in name == entry.Id ? [] : catalogue.BesideOf(entry))
                seconds.Add(await detectors.GetAsync(second.Id, progress, cancel));
            // What rooms look with is quick enough for each picture of a film.
            var quick = name != entry.Id && entry.IsForFiles && catalogue.ForPolicy(name) is { } room ? await detectors.GetAsync(room.Id, progress, cancel) : null;
            models.Add(new FileModel(name, detector, entry.Job == ModelJob.Faces ? LookViews.All : LookViews.None, seconds, quick));
        }

        return models;
    }
}
