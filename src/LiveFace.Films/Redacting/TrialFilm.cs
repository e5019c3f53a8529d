using LiveFace.Films.Detection;
using LiveFace.Media.Ffmpeg;

namespace LiveFace.Films.Redacting;

/// <summary>
/// A redacted film that has not been looked at yet: beside its target under a name of its own, or in memory where none may lie on
/// the disk as it is. It gets the target's name when it is kept, and is gone otherwise.
/// </summary>
public sealed class TrialFilm : IDisposable
{
    private readonly string _target;
    private readonly FilmVault _vault;
    private readonly MemoryFile? _memory;

    /// <summary>Makes room for one.</summary>
    /// <param name="target">The name that it gets when it is kept.</param>
    /// <param name="vault">How it lies on the disk.</param>
    /// <param name="piece">What it is packed as where it is a piece of a film; null is as its name says.</param>
    public TrialFilm(string target, FilmVault vault, MediaContainer? piece = null)
    {
        ArgumentNullException.ThrowIfNull(vault);
        (_target, _vault) = (target, vault);
        _memory = vault.Memory?.TakeRest();
        if (piece is { } container)
            Target = MediaTarget.Piece(BesideOf(target), container, _memory);
        else
            Target = _memory is null ? MediaTarget.File(BesideOf(target)) : MediaTarget.Memory(_memory, target);
    }

    /// <summary>Where it is written.</summary>
    public MediaTarget Target { get; }

    /// <summary>What was written, to be looked at.</summary>
    public FilmFile Written(FfmpegTools tools) =>
        _memory is null ? new FilmFile(Target.Address, tools) : FilmFile.InMemory(_memory, Path.GetFileName(_target), tools);

    /// <summary>Runs what writes it; a film that is larger than the memory for it is said to be so.</summary>
    public async Task<T> WriteAsync<T>(Func<MediaTarget, Task<T>> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            var written = await write(Target);
            // FFmpeg that is not confined is held to no limit.
            return _memory is not null && _memory.Length > _memory.Largest ? throw new FfmpegException("It is larger than its limit.") : written;
        }
        catch (FfmpegException full) when (_memory is not null && _memory.Length >= _memory.Largest)
        {
            throw new FileRedactionException(
                $"The redacted film takes more than {_memory.Largest >> 20} MB, which is what is left of the memory that encrypted films may take (Films:MemoryMegabytes).", full);
        }
    }

    /// <summary>Gives it the name of the target.</summary>
    public async Task KeepAsync(bool overwrite, CancellationToken cancel)
    {
        if (_memory is null)
        {
            File.Move(Target.Address, _target, overwrite);
            return;
        }

        var part = _target + ".part";
        try
        {
            await using (var from = _memory.OpenRead())
            await using (var into = _vault.Create(part))
                await from.CopyToAsync(into, 1 << 20, cancel);
            File.Move(part, _target, overwrite);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory is null)
            File.Delete(Target.Address);
        _memory?.Dispose();
    }

    /// <summary>A name of the same kind, beside the target, for what has not been looked at yet. It holds redacted pictures alone.</summary>
    private static string BesideOf(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileNameWithoutExtension(target)}.{Guid.NewGuid():N}{Path.GetExtension(target)}");
}
