using LiveFace.Media.Ffmpeg.Nut;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// Reads the pictures of any file or stream through an ffmpeg process: upright, as I420, each with its own time (also at
/// a variable frame rate) on its source's clock, which need not begin at zero. Whoever reads slowly slows the process
/// down; nothing is dropped or piled up.
/// </summary>
public sealed class FfmpegReader : IAsyncDisposable
{
    private readonly FfmpegProcess _process;
    private readonly NutVideoReader _nut;
    private readonly FramePool _pool;
    private readonly byte[] _packed;

    private FfmpegReader(FfmpegProcess process, NutVideoReader nut, FramePool pool)
    {
        _process = process;
        _nut = nut;
        _pool = pool;
        _packed = new byte[FramePixels.Bytes(nut.Width, nut.Height)];
    }

    /// <summary>Width of the pictures.</summary>
    internal int Width => _nut.Width;

    /// <summary>Height of the pictures.</summary>
    internal int Height => _nut.Height;

    /// <summary>The process, for tests that look whether it is gone.</summary>
    internal int ProcessId => _process.Id;

    /// <summary>Opens a source and reads as far as the size of its pictures.</summary>
    /// <exception cref="FfmpegException">It can not be read; the message says why.</exception>
    public static async Task<FfmpegReader> OpenAsync(
        MediaSource source, FramePool pool, FfmpegReaderSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var process = FfmpegProcess.Start(settings.Tools, settings.Tools.Ffmpeg, source.Access, Arguments(source, settings), takesInput: false);
        try
        {
            var nut = new NutVideoReader(process.Output);
            if (!await nut.OpenAsync(cancellationToken))
            {
                await process.WaitForSuccessAsync(cancellationToken);
                throw process.Failure($"found no pictures in {source}");
            }

            if ((long)nut.Width * nut.Height > settings.MaximumPixels)
                throw process.Failure($"would give pictures of {nut.Width}×{nut.Height}, more than the {settings.MaximumPixels} pixels that are allowed");
            return new FfmpegReader(process, nut, pool);
        }
        catch (Exception error)
        {
            await process.DisposeAsync();
            if (error is InvalidDataException or EndOfStreamException)
                throw process.Failure("gave a stream that is not understood", error);
            throw;
        }
    }

    /// <summary>The next picture, whose one reference is the caller's; null when the source has ended.</summary>
    /// <exception cref="FfmpegException">The source broke off; the message says why.</exception>
    public async ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (await _nut.NextFrameAsync(cancellationToken) is not { } next)
            {
                await _process.WaitForSuccessAsync(cancellationToken);
                return null;
            }

            if (next.Bytes != _packed.Length)
                throw new InvalidDataException($"A picture has {next.Bytes} bytes and not {_packed.Length}.");
            await _nut.ReadExactlyAsync(_packed, cancellationToken);
            var frame = _pool.Rent(Width, Height);
            frame.CaptureTime = next.Time;
            FramePixels.Unpack(_packed, frame);
            return frame;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw _process.Failure("broke off", error);
        }
    }

    /// <summary>Ends the process.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string[] Arguments(MediaSource source, FfmpegReaderSettings settings) =>
    [
        "-v", "error", "-nostdin", "-copyts",
        .. settings.Seek(), .. source.InputArguments(),
        "-map", "0:V:0", "-an", "-sn", "-dn",
        .. settings.Filters(),
        "-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-c:v", "rawvideo",
        "-map_metadata", "-1", "-flush_packets", "1", "-f", "nut", "pipe:1",
    ];
}
