namespace LiveFace.Vision.Models;

/// <summary>Where a model's files come from.</summary>
public abstract record ModelSource
{
    private protected ModelSource()
    {
    }
}

/// <summary>Files inside an npm package, pinned by version and hash.</summary>
public sealed record NpmModelSource(string Package, string Version, SourceFile Model, SourceFile? Weights) : ModelSource
{
    /// <summary>Name and version as npm writes them.</summary>
    public string Specifier => $"{Package}@{Version}";

    /// <summary>All files that the model is made of.</summary>
    public IEnumerable<SourceFile> Files => Weights is null ? [Model] : [Model, Weights];
}

/// <summary>A user's own file. The path is relative to the catalogue's folder; the hash is checked where one is given.</summary>
public sealed record LocalModelSource(string Path, string? Sha256) : ModelSource;

/// <summary>A file of a package, by its path there and the SHA-256 of its content in lower-case hex.</summary>
public sealed record SourceFile(string Path, string Sha256);
