namespace LiveFace.Vision.Models.Preparation;

/// <summary>Fetches a package's tarball from a registry.</summary>
internal interface IPackageFetcher
{
    /// <summary>Puts the tarball into an empty folder and gives its path.</summary>
    Task<string> FetchAsync(string specifier, string folder, CancellationToken cancel);
}
