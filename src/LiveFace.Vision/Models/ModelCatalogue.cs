namespace LiveFace.Vision.Models;

/// <summary>The list of models that a server knows, out of <c>models.json</c> and the user's <c>models.local.json</c> beside it.</summary>
public sealed class ModelCatalogue
{
    /// <summary>Name of the catalogue's file.</summary>
    public const string FileName = "models.json";

    /// <summary>Name of the file that turns models on and off and adds a user's own.</summary>
    public const string LocalFileName = "models.local.json";

    private readonly Dictionary<string, ModelEntry> _byId;

    internal ModelCatalogue(string folder, IReadOnlyList<ModelEntry> models)
    {
        Folder = folder;
        Models = models;
        _byId = models.ToDictionary(model => model.Id, StringComparer.Ordinal);
    }

    /// <summary>The folder of the catalogue, where prepared models lie too.</summary>
    public string Folder { get; }

    /// <summary>All models, in the order of the file.</summary>
    public IReadOnlyList<ModelEntry> Models { get; }

    /// <summary>
    /// The folder that holds the catalogue: the one given, else <c>models</c> under the working folder, else the first one
    /// found going up from the program.
    /// </summary>
    public static string Locate(string? given)
    {
        if (!string.IsNullOrEmpty(given))
            return given;
        if (File.Exists(Path.Combine("models", FileName)))
            return "models";
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "models", FileName)))
                return Path.Combine(folder, "models");
        return "models";
    }

    /// <summary>Reads the catalogue in a folder.</summary>
    /// <exception cref="ModelException">A file is missing or an entry is not valid; the message names the model and the field.</exception>
    public static ModelCatalogue Load(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            throw new ModelException($"There is no {FileName} in {Path.GetFullPath(folder)}; name the folder that holds it with --models, or for the server with Models:Folder.");
        var reader = new CatalogueReader();
        reader.Read(file, File.ReadAllBytes(file));
        var local = Path.Combine(folder, LocalFileName);
        if (File.Exists(local))
            reader.Read(local, File.ReadAllBytes(local));
        return new ModelCatalogue(Path.GetFullPath(folder), reader.Models);
    }

    /// <summary>What a room's policy means by a name: the model of that id, or the first that does that job for rooms and is on.</summary>
    public ModelEntry? ForPolicy(string name) => _byId.GetValueOrDefault(name) ?? OfJob(name).FirstOrDefault(model => !model.IsForFiles);

    /// <summary>What a policy means by a name where files are looked at: there a model that is for files goes first.</summary>
    public ModelEntry? ForFiles(string name) => _byId.GetValueOrDefault(name) ?? OfJob(name).FirstOrDefault(model => model.IsForFiles) ?? ForPolicy(name);

    /// <summary>The models that look at files beside this one, as far as they are on.</summary>
    public IEnumerable<ModelEntry> BesideOf(ModelEntry model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Beside.Select(Find).Where(other => other.IsOn);
    }

    /// <summary>The model of that name.</summary>
    /// <exception cref="ModelException">There is none; the message lists those there are.</exception>
    public ModelEntry Find(string id) => _byId.TryGetValue(id, out var model)
        ? model
        : throw new ModelException($"There is no model '{id}'; the catalogue has {string.Join(", ", Models.Select(one => one.Id))}.");

    private IEnumerable<ModelEntry> OfJob(string name) =>
        Models.Where(model => model.IsOn && string.Equals(model.Job.ToString(), name, StringComparison.OrdinalIgnoreCase));
}
