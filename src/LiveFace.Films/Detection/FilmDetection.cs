using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using LiveFace.Films.Boxes;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Films.Detection;

/// <summary>
/// Looks at each picture of a film, or of a part of it, and writes what was found. Several pictures are looked at beside each
/// other; they are written in their order.
/// <code>
/// film ► print, cut ► looks (several at once) ► box file
/// </code>
/// </summary>
public sealed class FilmDetection(IFilm film, IReadOnlyList<FileModel> models, DetectionOptions options)
{
    /// <summary>A face changes little in this time; pictures that are looked at thoroughly are read as well.</summary>
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Pictures that are looked at, or about to be, behind one that is not ready: a thorough look takes as long as dozens of others, and nobody
    /// waits for it. Of those that are ready only the finds are kept.
    /// </summary>
    private const int LooksAhead = 256;

    /// <summary>Told after each picture.</summary>
    public IProgress<FilmProgress>? Progress { get; init; }

    /// <summary>Which time the film is looked at, for progress.</summary>
    public int Round { get; init; } = 1;

    /// <summary>What it is told as, for progress.</summary>
    public FilmStage Stage { get; init; } = FilmStage.Detect;

    /// <summary>What reads faces, and which of that the box file gets; null reads nothing.</summary>
    public AskedReaders? Readers { get; init; }

    /// <summary>The hashes of the models' files, by their ids.</summary>
    public IReadOnlyDictionary<string, string> ModelHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes a box file; a file breaks off where the film or the models do, and is none then.</summary>
    public async Task RunAsync(Stream output, CancellationToken cancel)
    {
        var facts = await film.DescribeAsync(cancel) with { Part = options.Part };
        var total = facts.Duration is { } length && facts.FramesPerSecond > 0 && options.Part == FilmPart.All
            ? (long?)Math.Round(length.TotalSeconds * facts.FramesPerSecond)
            : null;
        using var writer = new BoxFileWriter(output, new BoxFileHead { Film = facts, Models = [.. models.Select(Describe)], Attributes = Readers?.Tells ?? FaceTraits.None });
        using var pool = new FramePool();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // What waits is bounded: a picture for each who looks, and so many finds.
        var todo = Channel.CreateBounded<Work>(options.Workers);
        var inOrder = Channel.CreateBounded<Work>(LooksAhead);
        var smallest = options.SmallestFace ?? RedactionPolicy.UsualSmallestFace(facts.Width, facts.Height);
#pragma warning disable RS0030 // Looks fill a core each for the length of the film.
        Task[] workers =
        [
            Task.Run(() => ReadAsync(pool, todo.Writer, inOrder.Writer, stop.Token), CancellationToken.None),
            .. Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => LookAsync(pool, todo.Reader, smallest, stop.Token), CancellationToken.None)),
        ];
#pragma warning restore RS0030
        var found = 0L;
        try
        {
            await foreach (var work in inOrder.Reader.ReadAllAsync(stop.Token))
            {
                await work.Done.Task;
                writer.Write(work.Picture);
                found += work.Picture.Found.Count;
                Progress?.Report(new FilmProgress(Stage, Round, work.Picture.Index + 1, total, found));
            }

            await Task.WhenAll(workers);
            writer.Finish();
        }
        catch
        {
            await stop.CancelAsync();
            await EndAsync(workers, todo, inOrder);
            throw;
        }
    }

    private static async Task EndAsync(Task[] workers, Channel<Work> todo, Channel<Work> inOrder)
    {
        // The first fault is on its way to the caller already; the others are not lost.
        await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var worker in workers)
            if (worker.Exception is { } fault)
                FaultReports.Report("film detection", fault);

        // Whoever did not come to it gives its picture back here.
        while (todo.Reader.TryRead(out var left))
            left.Frame?.Dispose();
        while (inOrder.Reader.TryRead(out _))
        {
        }
    }

    private async Task ReadAsync(FramePool pool, ChannelWriter<Work> todo, ChannelWriter<Work> inOrder, CancellationToken cancel)
    {
        Exception? fault = null;
        try
        {
            var tracker = new Tracker();
            var marks = new FrameMarks(tracker);
            var print = new PicturePrint();
            await using var pictures = await film.OpenAsync(pool, options.Part, cancel);
            var (index, sinceThorough, scenes, time, read) = (0, 0, 0L, TimeSpan.MinValue, TimeSpan.MinValue);
            while (await pictures.NextAsync(cancel) is { } frame)
            {
                var at = frame.CaptureTime > time ? frame.CaptureTime : time + TimeSpan.FromMicroseconds(1);
                time = at;
                if (at >= options.Part.To)
                {
                    frame.Dispose();
                    break;
                }

                tracker.Predict(frame, at);
                var cut = tracker.Scenes != scenes;
                scenes = tracker.Scenes;
                if (!options.Part.Contains(at))
                {
                    frame.Dispose();
                    continue;
                }

                var work = new Work { Frame = frame, Mark = marks.Add(frame, at), Thorough = (options.ThoroughAtCuts && (index == 0 || cut)) || ++sinceThorough >= options.ThoroughEvery };
                sinceThorough = work.Thorough ? 0 : sinceThorough;
                work.Reads = Readers is not null && (work.Thorough || read == TimeSpan.MinValue || at - read >= BetweenReadings);
                read = work.Reads ? at : read;
                work.Picture.Begin(index++, at, print.Of(frame), cut);
                await HandAsync(work, todo, inOrder, cancel);
            }
        }
        catch (Exception error)
        {
            fault = error;
            throw;
        }
        finally
        {
            todo.TryComplete(fault);
            inOrder.TryComplete(fault);
        }
    }

    private static async Task HandAsync(Work work, ChannelWriter<Work> todo, ChannelWriter<Work> inOrder, CancellationToken cancel)
    {
        try
        {
            await inOrder.WriteAsync(work, cancel);
            await todo.WriteAsync(work, cancel);
        }
        catch
        {
            work.Frame?.Dispose();
            work.Done.TrySetCanceled(cancel);
            throw;
        }
    }

    private async Task LookAsync(FramePool pool, ChannelReader<Work> todo, int smallest, CancellationToken cancel)
    {
        using var looker = new PictureLooker(models, pool, Readers);
        await foreach (var work in todo.ReadAllAsync(cancel))
        {
            try
            {
                using var frame = work.Frame!;
                work.Frame = null;
                looker.Look(frame, work.Mark, work.Thorough, smallest, work.Picture, cancel);
                if (work.Reads)
                    looker.Read(frame, work.Picture, cancel);
                work.Done.TrySetResult();
            }
            catch (Exception error)
            {
                // Whoever writes is told, and ends the others.
                work.Done.TrySetException(error);
                ExceptionDispatchInfo.Throw(error);
            }
        }
    }

    private BoxModel Describe(FileModel model)
    {
        var thresholds = model.Detector.Thresholds;
        return new BoxModel(
            model.Name, model.Detector.ModelId, ModelHashes.GetValueOrDefault(model.Detector.ModelId), model.Detector.Labels,
            thresholds.Score, thresholds.Live.Small, thresholds.Live.Large)
        {
            Seconds = [.. (model.Seconds ?? []).Select(second => new BoxModelFile(second.ModelId, ModelHashes.GetValueOrDefault(second.ModelId)))],
        };
    }

    private sealed class Work
    {
        public VideoFrame? Frame { get; set; }

        public required FrameMark Mark { get; init; }

        public required bool Thorough { get; init; }

        public bool Reads { get; set; }

        public BoxPicture Picture { get; } = new();

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
