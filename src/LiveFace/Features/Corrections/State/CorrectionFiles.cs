using System.Security.Cryptography;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Storage.Encryption;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Corrections.State;

/// <summary>
/// The pictures of corrections: a file each, in a folder that its owner alone may enter, and nothing of them anywhere else.
/// Whatever has no row any more, and a row without its picture, is deleted at the start. With a key they are encrypted there, those
/// that came before it from the next start on.
/// </summary>
internal sealed class CorrectionFiles(IOptions<CorrectionsOptions> options, IOptions<StorageOptions> storage, Database database)
{
    private const string Extension = ".jpg";
    private const string PartExtension = ".part";
    private const int StartBytes = 64;
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileSeal? _seal = (options.Value.EncryptionKey ?? storage.Value.EncryptionKey) is { } key ? FileSeal.TryRead(key) : null;

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
            foreach (var part in Directory.EnumerateFiles(Folder, "*" + PartExtension))
                File.Delete(part);
            foreach (var file in Directory.EnumerateFiles(Folder, "*" + Extension).ToList())
                if (known.Contains(Path.GetFileNameWithoutExtension(file)))
                    Seal(file);
                else
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
        try
        {
            WriteFile(PathOf(id), _seal is null ? picture : _seal.Seal(id, picture));
        }
        catch (IOException)
        {
            Delete(id);
            throw;
        }
    }

    /// <summary>The picture; null when it is gone.</summary>
    /// <exception cref="ProblemException">It was changed on the disk.</exception>
    public byte[]? TryRead(string id)
    {
        try
        {
            var file = File.ReadAllBytes(PathOf(id));
            return _seal is null ? file : _seal.Open(id, file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (CryptographicException)
        {
            throw new ProblemException(Problem.StorageFailed, $"The picture of correction {id} was changed on the disk; delete it.");
        }
    }

    public bool Has(string id) => File.Exists(PathOf(id));

    public void Delete(string id) => File.Delete(PathOf(id));

    /// <summary>Encrypts a picture that lies there as it is.</summary>
    private void Seal(string path)
    {
        Span<byte> start = stackalloc byte[StartBytes];
        using (var file = File.OpenRead(path))
            start = start[..file.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false)];
        if (FileSeal.IsSealed(start) && _seal?.HasSealed(start) != true)
            throw new OptionsValidationException(nameof(CorrectionsOptions), typeof(CorrectionsOptions),
                [$"Corrections:EncryptionKey: the pictures in '{Folder}' were encrypted with {(_seal is null ? "a key" : "another key")}. Set that one, or delete them."]);
        if (_seal is null || FileSeal.IsSealed(start))
            return;
        WriteFile(path + PartExtension, _seal.Seal(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)));
        File.Move(path + PartExtension, path, overwrite: true);
    }

    private static void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        using var file = new FileStream(path, settings);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private string PathOf(string id) => Path.Combine(Folder, id + Extension);
}
