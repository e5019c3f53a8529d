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
    private readonly FfmpegOutput _output;
    private readonly NutVideoWriter _nut;
    private byte[] _packed = [];
    private (int Width, int Height) _size;
    private TimeSpan _last = TimeSpan.MinValue;
    private bool _finished;

    private FfmpegWriter(FfmpegOutput output)
    {
        _output = output;
        _nut = new NutVideoWriter(output.Input);
    }

    /// <summary>The process, for tests that look whether it is gone.</summary>
    internal int ProcessId => _output.ProcessId;

    /// <summary>Starts writing; the size is that of the first picture.</summary>
    public static async Task<FfmpegWriter> OpenAsync(
        MediaTarget target, FfmpegWriterSettings settings, CancellationToken cancellationToken = default)
    {
        var output = await FfmpegOutput.OpenAsync(
            target, settings,
            // Both inputs keep their source's clock; otherwise each would begin at zero, and pictures that begin after
            // the sound would come too early.
            (now, sound) => ["-protocol_whitelist", "pipe", "-f", "nut", "-i", "pipe:0", .. now.Arguments(target, sound)], cancellationToken);
        return new FfmpegWriter(output);
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
            await _output.Input.WriteAsync(_packed, cancellationToken);
            _last = picture.CaptureTime;
            return true;
        }
        catch (IOException error)
        {
            throw await _output.ExplainAsync(error, cancellationToken);
        }
    }

    /// <summary>Ends the output and waits until it is whole; a file then gets its name.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (_packed.Length == 0)
            throw new FfmpegException("No picture was written, so there is nothing to finish.");
        _finished = true;
        await _output.FinishAsync(cancellationToken);
    }

    /// <summary>Ends the process. What was not finished is deleted.</summary>
    public ValueTask DisposeAsync()
    {
        _finished = true;
        return _output.DisposeAsync();
    }
}
