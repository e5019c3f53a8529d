using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Sandbox;

/// <summary>
/// A decoder whose work a worker does. The picture is copied out of the shared memory before anybody looks at it: what the
/// worker could still change would be changed after it was redacted.
/// </summary>
internal sealed unsafe class SandboxedDecoder(DecoderSandbox sandbox, VideoCodec codec, FramePool pool, DecoderSettings settings)
    : IVideoDecoder
{
    /// <summary>Many times what the largest frame takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private WorkerProcess? _worker;
    private IVideoDecoder? _here;
    private bool _disposed;

    public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        picture = null;
        if (encoded.IsEmpty)
            return DecodeVerdict.NothingToShow;
        if (_worker is null && _here is null && !TryBegin())
            return DecodeVerdict.NeedKeyFrame;
        if (_here is { } here)
            return here.Decode(encoded, captureTime, out picture);
        if (encoded.Length > WorkerArea.InputBytes)
            return Lose();

        var task = new WorkerTask(WorkerOperation.DecodeFrame)
        {
            Codec = (int)codec, MaximumPixels = settings.MaximumPixels, CaptureTicks = captureTime.Ticks,
        };
        if (!_worker!.TryRun(task, encoded, Limit, out var result))
            return Lose();
        switch ((DecodeVerdict)result.Verdict)
        {
            case DecodeVerdict.NothingToShow or DecodeVerdict.NeedKeyFrame:
                return (DecodeVerdict)result.Verdict;
            case DecodeVerdict.Picture when settings.Accepts(result.Width, result.Height)
                && FrameLayout.Bytes(result.Width, result.Height) <= WorkerArea.OutputBytes:
                picture = pool.Copy(_worker.Output, result.Width, result.Height);
                picture.CaptureTime = TimeSpan.FromTicks(result.CaptureTicks);
                return DecodeVerdict.Picture;
            default:
                _worker.Disbelieve();
                return Lose();
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _here?.Dispose();
        if (_worker is { } worker)
            sandbox.Return(worker);
        _worker = null;
    }

    private bool TryBegin()
    {
        _worker = sandbox.TryTake(out var decodeHere);
        if (decodeHere)
            _here = VideoCodecs.CreateDecoder(codec, pool, settings);
        return _worker is not null || decodeHere;
    }

    private DecodeVerdict Lose()
    {
        sandbox.Return(_worker!);
        _worker = null;
        return DecodeVerdict.Lost;
    }
}
