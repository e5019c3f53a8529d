using System.Security.Cryptography;
using LiveFace.Films.Boxes;
using LiveFace.Films.Detection;
using LiveFace.Films.Pictures;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;

namespace LiveFace.Films.Redacting;

/// <summary>A picture file as a film of one picture, so that it is looked at, linked, reviewed and written as films are.</summary>
public sealed class StillFilm(string name, Func<CancellationToken, Task<byte[]>> read, DecoderSandbox? sandbox = null) : IFilm
{
    private FilmFacts? _facts;

    /// <summary>What kind of file it is.</summary>
    public ImageFormat Format { get; private set; }

    /// <summary>A picture that lies in a file.</summary>
    public static StillFilm File(string path, FilmVault vault, DecoderSandbox? sandbox = null)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return new StillFilm(Path.GetFileName(path), async cancel =>
        {
            await using var file = vault.OpenRead(path);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancel);
            return bytes;
        }, sandbox);
    }

    /// <inheritdoc/>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public async ValueTask<FilmFacts> DescribeAsync(CancellationToken cancel)
    {
        if (_facts is not null)
            return _facts;
        var bytes = await read(cancel);
        using var pool = new FramePool(0);
        using var frame = Decode(bytes, pool);
        var kind = Format.ToString().ToLowerInvariant();
        return _facts = new FilmFacts(
            name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), kind, kind, frame.Width, frame.Height, FramesPerSecond: 0, Duration: null);
    }

    /// <inheritdoc/>
    public async ValueTask<IFilmPictures> OpenAsync(FramePool pool, FilmPart part, CancellationToken cancel) => new One(Decode(await read(cancel), pool));

    private VideoFrame Decode(byte[] bytes, FramePool pool)
    {
        var frame = PictureFile.Read(bytes, pool, limits: null, sandbox, out var info);
        Format = info.Format;
        frame.CaptureTime = TimeSpan.Zero;
        return frame;
    }

    private sealed class One(VideoFrame frame) : IFilmPictures
    {
        private VideoFrame? _left = frame;

        public ValueTask<VideoFrame?> NextAsync(CancellationToken cancel)
        {
            var next = _left;
            _left = null;
            return ValueTask.FromResult(next);
        }

        public ValueTask DisposeAsync()
        {
            _left?.Dispose();
            _left = null;
            return ValueTask.CompletedTask;
        }
    }
}
