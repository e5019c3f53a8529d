using LiveFace.Films.Looks;
using LiveFace.Films.Readings;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.OnePass;

/// <summary>
/// Hides in every picture of a film what a policy hides, and keeps the sound and the times. It has the length of the
/// film to see a face coming: each picture waits for the five behind it. Nobody waits for a film, so no picture is shown
/// that was not looked at itself.
/// <code>
/// ffmpeg ► look ► delay line ► redact ► ffmpeg
/// </code>
/// </summary>
public sealed class OnePassRedaction(MediaSource source, MediaTarget target, RedactionPolicy policy, IReadOnlyList<FileModel> models)
{
    private long _frames;
    private long _covered;
    private int _most;

    /// <summary>A thorough look at each n-th picture, and one pass over those between.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether a file that exists is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What reads and writes, and what it is confined by.</summary>
    public required FfmpegTools Tools { get; init; }

    /// <summary>Stickers by name.</summary>
    public Func<string?, OverlayPicture?>? Stickers { get; init; }

    /// <summary>What reads faces where the policy goes by an age; without it everybody is hidden.</summary>
    public IFaceReaders? Readers { get; init; }

    /// <summary>Changes each picture before it is looked at.</summary>
    public Action<VideoFrame, CancellationToken>? Before { get; init; }

    /// <summary>Told after each picture.</summary>
    public IProgress<OnePassProgress>? Progress { get; init; }

    /// <summary>Does the whole film. The file has its name only once it is whole.</summary>
    /// <exception cref="FfmpegException">It could not be read or written; the message says why.</exception>
    public async Task<OnePassProgress> RunAsync(CancellationToken cancel)
    {
        var info = await MediaProbe.ReadAsync(source, Tools, cancel);
        var film = info.Video ?? throw new FfmpegException($"{source} has no pictures.");
        var total = film.Frames ?? (info.Duration is { } length && film.FramesPerSecond > 0 ? (long)(length.TotalSeconds * film.FramesPerSecond) : null);
        var snapshot = PolicySnapshot.Create(1, policy with { Strict = true, LookAheadFrames = PolicyLimits.LookAheadFrames });
        using var pool = new FramePool();
        using var vision = new FileVision(models, pool, Every, snapshot.MaximumAge / 2)
        {
            SmallestFace = snapshot.PromiseFor(film.Width, film.Height).SmallestFace,
        };
        using var redactor = new Redactor(pool, Stickers);
        var faces = new FilmReader(Readers);
        using var waiting = new LookAhead(PolicyLimits.LookAheadFrames);
        await using var reader = await FfmpegReader.OpenAsync(source, pool, new FfmpegReaderSettings { Tools = Tools }.For(film), cancel);
        await using var writer = await FfmpegWriter.OpenAsync(target, new FfmpegWriterSettings
        {
            Tools = Tools, AudioFrom = source.IsFile ? source : null, Like = film, Overwrite = Overwrite,
        }, cancel);

        var time = TimeSpan.MinValue;
        while (await reader.ReadAsync(cancel) is { } frame)
        {
            Before?.Invoke(frame, cancel);
            var tracks = waiting.Next(frame);
            time = frame.CaptureTime > time ? frame.CaptureTime : time + TimeSpan.FromTicks(1);
            vision.See(frame, time, tracks, cancel);
            faces.See(frame, tracks, snapshot, vision.State);
            _most = Math.Max(_most, vision.Found);
            while (waiting.Count > PolicyLimits.LookAheadFrames)
                await ShowAsync();
            Progress?.Report(Now());
        }

        while (waiting.Count > 0)
            await ShowAsync();
        await writer.FinishAsync(cancel);
        return Now();

        async Task ShowAsync()
        {
            using var picture = waiting.Pop(out var tracks, out var later);
            var redacted = redactor.Redact(picture, snapshot, vision.State, tracks, later);
            if (redactor.Decision.Cover is not (CoverReason.None or CoverReason.Asked))
                _covered++;
            if (await writer.WriteAsync(redacted, cancel))
                _frames++;
        }

        OnePassProgress Now() => new(_frames, total, _covered, _most);
    }
}

/// <summary>How far a film is.</summary>
/// <param name="Frames">Pictures that were written.</param>
/// <param name="Total">How many there will be, where the file says.</param>
/// <param name="Covered">Pictures that were covered because a model could not look.</param>
/// <param name="Most">The most things that were found in one picture.</param>
public readonly record struct OnePassProgress(long Frames, long? Total, long Covered, int Most);
