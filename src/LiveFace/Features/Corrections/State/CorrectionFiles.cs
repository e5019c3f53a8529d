using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Corrections.State;

/// <summary>
/// The pictures of corrections: a file each, in a folder that its owner alone may enter, and nothing of them anywhere else.
/// Whatever has no row any more, and a row without its picture, is deleted at the start.
/// </summary>
internal sealed class CorrectionFiles(IOptions<CorrectionsOptions> options, Database database)
{
    private const string Extension = ".jpg";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Value.Folder ?? Path.Combine(database.Folder, "corrections"));

    /// <summary>Makes the folder, and deletes what belongs to none of these.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used.</exception>
    public void Open(IEnumerable<string> ids)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Folder, OwnerFolder);
            var known = ids.ToHashSet(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(Folder, "*" + Extension))
                if (!known.Contains(Path.GetFileNameWithoutExtension(file)))
                    File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(nameof(CorrectionsOptions), typeof(CorrectionsOptions),
                [$"Corrections:Folder: '{Folder}' cannot be used ({error.Message}). Name a folder that this user may write to."]);
        }
    }

    /// <exception cref="IOException">The disk takes no more; nothing stays.</exception>
    public void Write(string id, ReadOnlySpan<byte> picture)
    {
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        try
        {
            using var file = new FileStream(PathOf(id), settings);
            file.Write(picture);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            Delete(id);
            throw;
        }
    }

    /// <summary>The picture; null when it is gone.</summary>
    public byte[]? TryRead(string id)
    {
        try
        {
            return File.ReadAllBytes(PathOf(id));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public bool Has(string id) => File.Exists(PathOf(id));

    public void Delete(string id) => File.Delete(PathOf(id));

    private string PathOf(string id) => Path.Combine(Folder, id + Extension);
}
