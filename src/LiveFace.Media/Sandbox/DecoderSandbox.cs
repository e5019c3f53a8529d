using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;

namespace LiveFace.Media.Sandbox;

/// <summary>
/// Decodes video and reads picture files in workers without network, files, secrets and rights. Each stream and each
/// picture has a worker of its own; one stands ready, so that nobody waits for a process to start.
/// </summary>
public sealed class DecoderSandbox : IDisposable
{
    private readonly SandboxMode _mode;
    private readonly SpareWorker _spare;
    private readonly long[] _ends = new long[Enum.GetValues<WorkerEnd>().Length];
    private int _active;

    /// <summary>Makes a sandbox; the first worker starts with <see cref="Warm"/> or when one is needed.</summary>
    public DecoderSandbox(SandboxMode mode, WorkerCommand command)
    {
        _mode = mode;
        _spare = new SpareWorker(mode, command, Count, () => Ready?.Invoke());
    }

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
            if (_mode == SandboxMode.Off)
                return "Media:Sandbox is off: pictures and video are decoded in the server itself.";
            var (failure, refusal) = _spare.State;
            return failure ?? (refusal is null ? null : $"Decoders run in processes of their own that are not confined: {refusal}");
        }
    }

    /// <summary>The process that was given a stream or a picture last, for who measures it.</summary>
    public int LastTaken { get; private set; }

    /// <summary>How many workers ended so.</summary>
    public long CountOf(WorkerEnd end) => Interlocked.Read(ref _ends[(int)end]);

    /// <summary>Whether pictures and video are decoded in the server itself.</summary>
    internal bool IsOff => _mode == SandboxMode.Off;

    /// <summary>Has a worker stand ready.</summary>
    public void Warm()
    {
        if (!IsOff)
            _spare.Start();
    }

    /// <summary>Opens a decoder; its worker is taken with the first frame.</summary>
    public IVideoDecoder OpenDecoder(VideoCodec codec, FramePool pool, DecoderSettings settings) => _mode == SandboxMode.Off
        ? VideoCodecs.CreateDecoder(codec, pool, settings)
        : new SandboxedDecoder(this, codec, pool, settings);

    /// <summary>Reads a picture file, upright, over white where it is transparent. The caller owns one reference.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public VideoFrame ReadPicture(ReadOnlySpan<byte> file, FramePool pool, out ImageInfo info, ImageLimits? limits = null) =>
        SandboxedPictures.Read(this, file, pool, limits ?? ImageLimits.Default, out info);

    /// <summary>Reads a picture file with its transparency, upright.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public RgbaImage ReadRgba(ReadOnlySpan<byte> file, out ImageInfo info, ImageLimits? limits = null) =>
        SandboxedPictures.ReadRgba(this, file, limits ?? ImageLimits.Default, out info);

    /// <summary>Ends the worker that stands ready; those at work end with their decoders.</summary>
    public void Dispose() => _spare.Dispose();

    /// <summary>
    /// A worker, if one is ready; null means to ask again soon, unless <paramref name="decodeHere"/> says that there is
    /// none to be had and the mode allows to do without.
    /// </summary>
    internal WorkerProcess? TryTake(out bool decodeHere)
    {
        var worker = _spare.TryTake(out var hasFailed);
        if (worker is not null)
        {
            LastTaken = worker.Id;
            Interlocked.Increment(ref _active);
        }

        decodeHere = worker is null && hasFailed && _mode == SandboxMode.Preferred;
        return worker;
    }

    /// <summary>Waits a while for a worker to stand ready.</summary>
    /// <exception cref="ImageException">There is none to be had.</exception>
    internal void Wait(long began) => _spare.Wait(began);

    /// <summary>A worker's stream or picture is over, one way or another.</summary>
    internal void Return(WorkerProcess worker)
    {
        Interlocked.Decrement(ref _active);
        Count(worker.End);
        worker.Dispose();
    }

    private void Count(WorkerEnd end)
    {
        Interlocked.Increment(ref _ends[(int)end]);
        if (end != WorkerEnd.Finished)
            Ended?.Invoke(end);
    }
}
