using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Sandbox;

/// <summary>
/// Decodes video and reads picture files in workers without network, files, secrets and rights. Each stream and each
/// picture has a worker of its own; one stands ready, so that nobody waits for a process to start.
/// </summary>
public sealed class DecoderSandbox : IDisposable
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly SandboxMode _mode;
    private readonly WorkerCommand _command;
    private readonly CancellationTokenSource _stop = new();
    private readonly long[] _ends = new long[Enum.GetValues<WorkerEnd>().Length];
    private readonly object _gate = new();
    private WorkerProcess? _spare;
    private bool _starting;
    private string? _failure;
    private string? _refusal;
    private int _active;

    /// <summary>Makes a sandbox; the first worker starts with <see cref="Warm"/> or when one is needed.</summary>
    public DecoderSandbox(SandboxMode mode, WorkerCommand command) => (_mode, _command) = (mode, command);

    /// <summary>Hears of each worker that ended before its work was done, on any thread.</summary>
    public Action<WorkerEnd>? Ended { get; set; }

    /// <summary>A worker stands ready; <see cref="Refusal"/> says what its confinement lacks.</summary>
    public Action? Ready { get; set; }

    /// <summary>Workers that serve a stream or a picture now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Why decoding does not go on at all; null when it does.</summary>
    public string? Problem => _mode == SandboxMode.Required ? Refusal : null;

    /// <summary>What is missing of the confinement; null when nothing is.</summary>
    public string? Refusal
    {
        get
        {
            lock (_gate)
                return _mode == SandboxMode.Off ? "Media:Sandbox is off: pictures and video are decoded in the server itself."
                    : _failure ?? (_refusal is null ? null : $"Decoders run in processes of their own that are not confined: {_refusal}");
        }
    }

    /// <summary>The process that was given a stream or a picture last, for who measures it.</summary>
    public int LastTaken { get; private set; }

    /// <summary>How many workers ended so.</summary>
    public long CountOf(WorkerEnd end) => Interlocked.Read(ref _ends[(int)end]);

    /// <summary>Has a worker stand ready.</summary>
    public void Warm()
    {
        if (_mode == SandboxMode.Off)
            return;
        lock (_gate)
            StartSpare();
    }

    /// <summary>Opens a decoder; its worker is taken with the first frame.</summary>
    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, DecoderSettings settings) => _mode == SandboxMode.Off
        ? VideoCodecs.CreateDecoder(codec, pool, settings)
        : new SandboxedDecoder(this, codec, pool, settings);

    /// <summary>Reads a picture file, upright, over white where it is transparent. The caller owns one reference.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public VideoFrame ReadPicture(ReadOnlySpan<byte> file, FramePool pool, out ImageInfo info, ImageLimits? limits = null)
    {
        limits ??= ImageLimits.Default;
        if (TakeForPicture() is { } worker)
            return SandboxedPictures.Read(this, worker, file, pool, limits, out info);
        info = ImageFile.Identify(file, limits);
        return ImageFile.Decode(file, pool, limits);
    }

    /// <summary>Reads a picture file with its transparency, upright.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public RgbaImage ReadRgba(ReadOnlySpan<byte> file, out ImageInfo info, ImageLimits? limits = null)
    {
        limits ??= ImageLimits.Default;
        if (TakeForPicture() is { } worker)
            return SandboxedPictures.ReadRgba(this, worker, file, limits, out info);
        info = ImageFile.Identify(file, limits);
        return ImageFile.DecodeRgba(file, limits);
    }

    /// <summary>Ends the worker that stands ready; those at work end with their decoders.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        lock (_gate)
        {
            _spare?.Dispose();
            _spare = null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// A worker, if one is ready; null means to ask again soon, unless <paramref name="decodeHere"/> says that there is
    /// none to be had and the mode allows to do without.
    /// </summary>
    internal WorkerProcess? TryTake(out bool decodeHere)
    {
        lock (_gate)
        {
            var worker = _spare is { HasEnded: false } ready ? ready : null;
            if (worker is null)
                _spare?.Dispose();
            else
                LastTaken = worker.Id;
            _spare = null;
            StartSpare();
            if (worker is not null)
                Interlocked.Increment(ref _active);
            decodeHere = worker is null && _failure is not null && _mode == SandboxMode.Preferred;
            return worker;
        }
    }

    /// <summary>A worker's stream or picture is over, one way or another.</summary>
    internal void Return(WorkerProcess worker)
    {
        Interlocked.Decrement(ref _active);
        Count(worker.End);
        worker.Dispose();
    }

    /// <summary>Waits for a worker; null where the picture is to be read here.</summary>
    private WorkerProcess? TakeForPicture()
    {
        if (_mode == SandboxMode.Off)
            return null;
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryTake(out var decodeHere) is { } worker)
                return worker;
            if (decodeHere)
                return null;
            lock (_gate)
            {
                if (_failure is not null && _mode == SandboxMode.Required)
                    throw new ImageException(ImageError.Unsupported, "Pictures cannot be read, because their reader cannot be confined.");
                if (_stop.IsCancellationRequested || Stopwatch.GetElapsedTime(began) > LongestRetry)
                    throw new ImageException(ImageError.Unsupported, "Pictures cannot be read now; try again in a minute.");
                if (_spare is null)
                    Monitor.Wait(_gate, LongestRetry);
            }
        }
    }

    private void StartSpare()
    {
        if (_starting || _spare is not null || _stop.IsCancellationRequested)
            return;
        _starting = true;
        _ = StartSpareAsync();
    }

    private async Task StartSpareAsync()
    {
        await Task.Yield();
        var wait = ShortestRetry;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var worker = await WorkerProcess.StartAsync(_command, _stop.Token);
                if (worker.Problem is not { } problem || _mode != SandboxMode.Required)
                {
                    Offer(worker);
                    return;
                }

                worker.Dispose();
                Fail($"Decoders cannot be confined, as Media:Sandbox requires: {problem}");
            }
            catch (IOException error)
            {
                Fail(error.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is, without another try nothing would ever be decoded again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                FaultReports.Report("decoder start", error);
                Fail($"Decoders' processes do not start: {error.Message}");
            }

            await Task.Delay(wait, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        }
    }

    private void Offer(WorkerProcess worker)
    {
        lock (_gate)
        {
            _starting = false;
            (_failure, _refusal) = (null, worker.Problem);
            if (_stop.IsCancellationRequested)
                worker.Dispose();
            else
                _spare = worker;
            Monitor.PulseAll(_gate);
        }

        Ready?.Invoke();
    }

    private void Fail(string problem)
    {
        Count(WorkerEnd.NotStarted);
        lock (_gate)
        {
            _failure = problem;
            Monitor.PulseAll(_gate);
        }
    }

    private void Count(WorkerEnd end)
    {
        Interlocked.Increment(ref _ends[(int)end]);
        if (end != WorkerEnd.Finished)
            Ended?.Invoke(end);
    }
}
