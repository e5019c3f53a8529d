using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Files.Uploads;

/// <summary>
/// Where uploads lie while they come: a folder that its owner alone may enter, in which each file loses its name as soon
/// as it is open. What a crash between the two leaves is deleted at the next start.
/// </summary>
internal sealed class UploadFolder(IOptions<UploadOptions> options, Database database) : IHostedService
{
    private const string Extension = ".upload";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Value.Folder ?? Path.Combine(database.Folder, "uploads"));

    /// <summary>Makes the folder, and empties it.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Folder, OwnerFolder);
            foreach (var left in Directory.EnumerateFiles(Folder, "*" + Extension))
                File.Delete(left);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(nameof(UploadOptions), typeof(UploadOptions),
                [$"Uploads:Folder: '{Folder}' cannot be used ({error.Message}). Name a folder that this user may write to."]);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An empty file without a name.</summary>
    /// <exception cref="IOException">The disk takes no more.</exception>
    public FileStream Open()
    {
        var path = Path.Combine(Folder, Path.GetRandomFileName() + Extension);
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        var file = new FileStream(path, settings);
        File.Delete(path);
        return file;
    }
}
