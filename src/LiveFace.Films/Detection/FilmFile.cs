using System.Security.Cryptography;
using LiveFace.Films.Boxes;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;

namespace LiveFace.Films.Detection;

/// <summary>
/// A film in a file, read through FFmpeg. One that lies encrypted is brought into memory when it is first asked for, wholly, so that no
/// decoder sees a part of what was changed; there it stays until <see cref="Release"/>.
/// </summary>
public sealed class FilmFile(string path, FfmpegTools tools, FilmVault? vault = null) : IFilm, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private MemoryFile? _memory;
    private MediaSource? _source = vault?.Memory is null ? MediaSource.File(path) : null;
    private MediaInfo? _info;
    private FilmFacts? _facts;

    /// <summary>A film that is in memory already, and stays its holder's.</summary>
    internal static FilmFile InMemory(MemoryFile memory, string name, FfmpegTools tools) =>
        new(name, tools) { _memory = memory, _source = MediaSource.Memory(memory, name) };

    /// <summary>How its files lie on the disk.</summary>
    public FilmVault Vault { get; } = vault ?? FilmVault.Plain;

    /// <summary>What FFmpeg reads.</summary>
    /// <exception cref="IOException">It is encrypted, and is not what was written.</exception>
    /// <exception cref="FileRedactionException">It is larger than the memory for it.</exception>
    public async ValueTask<MediaSource> OpenSourceAsync(CancellationToken cancel)
    {
        if (_source is { } open)
            return open;
        await _opening.WaitAsync(cancel);
        try
        {
            if (_source is not null)
                return _source;
            _memory = await LoadAsync(Vault.Memory!, cancel);
            return _source = MediaSource.Memory(_memory, Path.GetFileName(path));
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>What FFmpeg says of it.</summary>
    /// <exception cref="FfmpegException">It can not be read or has no pictures.</exception>
    public async ValueTask<MediaInfo> ProbeAsync(CancellationToken cancel)
    {
        if (_info is null)
        {
            var source = await OpenSourceAsync(cancel);
            var info = await MediaProbe.ReadAsync(source, tools, cancel);
            _info = info.Video is null ? throw new FfmpegException($"{source} has no pictures.") : info;
        }

        return _info;
    }

    /// <summary>How many pictures it holds.</summary>
    internal async Task<long> CountPicturesAsync(CancellationToken cancel) => await MediaProbe.CountPicturesAsync(await OpenSourceAsync(cancel), tools, cancel);

    /// <inheritdoc/>
    public async ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel)
    {
        if (_facts is not null)
            return _facts;
        var info = await ProbeAsync(cancel);
        var video = info.Video!;
        await using var file = _memory?.OpenRead() ?? Vault.OpenRead(path);
        var length = file.Length;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        return _facts = new FilmFacts(
            Path.GetFileName(path), length, hash, info.Container, video.Codec, video.Width, video.Height,
            video.FramesPerSecond, info.Duration);
    }

    /// <inheritdoc/>
    public async ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel)
    {
        var settings = new FfmpegReaderSettings { Tools = tools, From = part.From }.For((await ProbeAsync(cancel)).Video!);
        return new Pictures(await FfmpegReader.OpenAsync(await OpenSourceAsync(cancel), pool, settings, cancel));
    }

    /// <inheritdoc/>
    public void Release()
    {
        if (_memory is not { } memory)
            return;
        (_memory, _source) = (null, null);
        memory.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _opening.Dispose();
    }

    private async Task<MemoryFile> LoadAsync(FilmMemory room, CancellationToken cancel)
    {
        await using var file = Vault.OpenRead(path);
        var memory = room.Take(file.Length) ?? throw new FileRedactionException(
            $"It has {file.Length >> 20} MB; encrypted films are worked on in memory, and {room.Left >> 20} of {room.Most >> 20} MB are left for it (Films:MemoryMegabytes).");
        try
        {
            await using var into = memory.OpenWrite();
            await file.CopyToAsync(into, 1 << 20, cancel);
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private sealed class Pictures(FfmpegReader reader) : IFilmPictures
    {
        public ValueTask<VideoFrame?> NextAsync(CancellationToken cancel) => reader.ReadAsync(cancel);

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}
