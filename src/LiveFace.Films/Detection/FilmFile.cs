using System.Security.Cryptography;
using LiveFace.Films.Boxes;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;

namespace LiveFace.Films.Detection;

/// <summary>A film in a file, read through FFmpeg.</summary>
public sealed class FilmFile(string path, FfmpegTools tools) : IFilm
{
    private MediaInfo? _info;
    private FilmFacts? _facts;

    /// <summary>The file.</summary>
    public MediaSource Source { get; } = MediaSource.File(path);

    /// <summary>What FFmpeg says of it.</summary>
    /// <exception cref="FfmpegException">It can not be read or has no pictures.</exception>
    public async ValueTask<MediaInfo> ProbeAsync(CancellationToken cancel)
    {
        if (_info is null)
        {
            var info = await MediaProbe.ReadAsync(Source, tools, cancel);
            _info = info.Video is null ? throw new FfmpegException($"{Source} has no pictures.") : info;
        }

        return _info;
    }

    /// <inheritdoc/>
    public async ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel)
    {
        if (_facts is not null)
            return _facts;
        var info = await ProbeAsync(cancel);
        var video = info.Video!;
        await using var file = new FileStream(Source.Address, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous);
        var length = file.Length;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        return _facts = new FilmFacts(
            Path.GetFileName(Source.Address), length, hash, info.Container, video.Codec, video.Width, video.Height,
            video.FramesPerSecond, info.Duration);
    }

    /// <inheritdoc/>
    public async ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel)
    {
        var settings = new FfmpegReaderSettings { Tools = tools, From = part.From }.For((await ProbeAsync(cancel)).Video!);
        return new Pictures(await FfmpegReader.OpenAsync(Source, pool, settings, cancel));
    }

    private sealed class Pictures(FfmpegReader reader) : IFilmPictures
    {
        public ValueTask<VideoFrame?> NextAsync(CancellationToken cancel) => reader.ReadAsync(cancel);

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}
