using LiveFace.Media.Ffmpeg.Nut;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Ffmpeg;

/// <summary>
/// Writes redacted pictures with their times to a file or a stream through an ffmpeg process, with the sound of a source,
/// encoded anew, beside them and nothing else of it. A file has its name only once it is whole. Writing waits when the encoder is
/// behind.
/// </summary>
public sealed class FfmpegWriter : IAsyncDisposable
{
    private readonly FfmpegProcess _process;
    private readonly MediaTarget _target;
    private readonly FfmpegWriterSettings _settings;
    private readonly NutVideoWriter _nut;
    private byte[] _packed = [];
    private (int Width, int Height) _size;
    private TimeSpan _last = TimeSpan.MinValue;
    private bool _finished;

    private FfmpegWriter(FfmpegProcess process, MediaTarget target, FfmpegWriterSettings settings)
    {
        _process = process;
        _target = target;
        _settings = settings;
        _nut = new NutVideoWriter(process.Input);
    }

    /// <summary>The process, for tests that look whether it is gone.</summary>
    internal int ProcessId => _process.Id;

    /// <summary>Starts writing; the size is that of the first picture.</summary>
    public static async Task<FfmpegWriter> OpenAsync(
        MediaTarget target, FfmpegWriterSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(target);
        if (target is { IsFile: true, IsMemory: false } && !settings.Overwrite && File.Exists(target.Address))
            throw new FfmpegException($"{target.Address} exists; choose another name or allow it to be replaced.");
        var audio = settings.AudioFrom is null ? null : (await MediaProbe.ReadAsync(settings.AudioFrom, settings.Tools, cancellationToken)).Audio;
        if (audio is null)
            settings = settings with { AudioFrom = null };

        string[] arguments =
        [
            "-v", "error", "-nostats", "-y",
            // Both inputs keep their source's clock; otherwise each would begin at zero, and pictures that begin after
            // the sound would come too early.
            "-copyts", "-protocol_whitelist", "pipe", "-f", "nut", "-i", "pipe:0",
            .. settings.Arguments(target, audio),
        ];
        var access = settings.AudioFrom is null ? target.Access : target.Access.With(settings.AudioFrom.Access);
        MakePart(target);
        try
        {
            return new FfmpegWriter(FfmpegProcess.Start(settings.Tools, settings.Tools.Ffmpeg, access, arguments, takesInput: true), target, settings);
        }
        catch (FfmpegException)
        {
            DeletePart(target);
            throw;
        }
    }

    /// <summary>
    /// Writes one picture at its capture time; one whose time is not later than the last is left out, and false says so.
    /// </summary>
    public async ValueTask<bool> WriteAsync(RedactedFrame frame, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        var picture = frame.Picture;
        if (picture.CaptureTime <= _last)
            return false;
        try
        {
            if (_packed.Length == 0)
            {
                _size = (picture.Width, picture.Height);
                _packed = new byte[FramePixels.Bytes(picture.Width, picture.Height)];
                await _nut.WriteHeadersAsync(picture.Width, picture.Height, cancellationToken);
            }

            if (_size != (picture.Width, picture.Height))
                throw new ArgumentException($"This output has pictures of {_size.Width}×{_size.Height}, not {picture.Width}×{picture.Height}: scale them.", nameof(frame));
            FramePixels.Pack(picture, _packed);
            await _nut.WriteFrameHeaderAsync(picture.CaptureTime, _packed.Length, cancellationToken);
            await _process.Input.WriteAsync(_packed, cancellationToken);
            _last = picture.CaptureTime;
            return true;
        }
        catch (IOException error)
        {
            throw await ExplainAsync(error, cancellationToken);
        }
    }

    /// <summary>Ends the output and waits until it is whole; a file then gets its name.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (_packed.Length == 0)
            throw new FfmpegException("No picture was written, so there is nothing to finish.");
        _finished = true;
        try
        {
            await _process.Input.FlushAsync(cancellationToken);
            await _process.Input.DisposeAsync();
        }
        catch (IOException error)
        {
            throw await ExplainAsync(error, cancellationToken);
        }

        await _process.WaitForSuccessAsync(cancellationToken);
        // FFmpeg ends well although its last bytes, without which nobody can read a film, found no room.
        if (_process.Said.Contains("Error writing trailer", StringComparison.Ordinal) || _process.Said.Contains("Error closing file", StringComparison.Ordinal))
            throw _process.Failure($"could not write {_target} to its end");
        if (_target is { IsFile: true, IsMemory: false })
            File.Move(_target.PartPath, _target.Address, _settings.Overwrite);
    }

    /// <summary>Ends the process. What was not finished is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        _finished = true;
        await _process.DisposeAsync();
        DeletePart(_target);
    }

    /// <summary>The process may write the file, and make none.</summary>
    private static void MakePart(MediaTarget target)
    {
        if (!target.IsFile || target.IsMemory)
            return;
        try
        {
            File.Create(target.PartPath).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FfmpegException($"{target.Address} can not be written: {error.Message}", error);
        }
    }

    private static void DeletePart(MediaTarget target)
    {
        if (target is { IsFile: true, IsMemory: false } && File.Exists(target.PartPath))
            File.Delete(target.PartPath);
    }

    /// <summary>A broken pipe means that the process has ended; its own words say why.</summary>
    private async Task<FfmpegException> ExplainAsync(IOException error, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForSuccessAsync(cancellationToken);
            return _process.Failure($"stopped taking pictures for {_target}", error);
        }
        catch (FfmpegException explained)
        {
            return explained;
        }
    }
}
