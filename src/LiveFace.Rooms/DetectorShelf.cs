using System.Collections.Concurrent;
using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Rooms;

/// <summary>
/// The catalogue's detectors by the names that policies use: a job stands for its first model that is on, and a
/// model's id for itself. A model is prepared and loaded when it is first asked for, beside everything else, and has
/// looked once at an empty picture before it counts as ready, since the first look is by far the slowest. One that
/// could not be loaded is tried again after a while, and told of again only when something else is wrong with it.
/// </summary>
public sealed partial class DetectorShelf(
    ModelCatalogue catalogue, Detectors detectors, TimeProvider clock, ILogger<DetectorShelf> logger, IEnrolledPeople? people = null) : IDetectorShelf
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly IdentifierShelf _identifiers = new(detectors, clock, logger);
    private readonly ReaderShelf _readers = new(detectors, clock, logger);
    private long _tries;

    /// <summary>How often loading a model came to an end, good or bad.</summary>
    public long Tries => Interlocked.Read(ref _tries);

    private sealed class Place
    {
        public volatile IDetector? Detector;
        public volatile bool Loading;
        public long TriedAt;
        public string? Problem;
    }

    /// <summary>Begins to load a model before anybody asks for it.</summary>
    public void Warm(string model) => Find(model, out _);

    /// <summary>Why a model is missing, if it is.</summary>
    public string? ProblemOf(string model)
    {
        if (!_places.TryGetValue(model, out var place))
            return null;
        return place.Problem ?? (place.Loading ? $"The model for {model} is being loaded." : null);
    }

    /// <inheritdoc/>
    public ShelfState Find(string model, out IDetector? detector)
    {
        detector = null;
        if (!_places.TryGetValue(model, out var place))
            place = _places.GetOrAdd(model, static _ => new Place());
        if (place.Detector is { } ready)
        {
            detector = ready;
            return ShelfState.Ready;
        }

        if (place.Loading)
            return ShelfState.Loading;
        if (place.Problem is not null && clock.GetElapsedTime(Volatile.Read(ref place.TriedAt)) < RetryAfter)
            return ShelfState.Missing;
        return Begin(model, place);
    }

    /// <inheritdoc/>
    public ShelfState FindIdentifier(out FaceIdentifier? identifier) => _identifiers.Find(out identifier);

    /// <inheritdoc/>
    public ShelfState FindReaders(FaceTraits traits, out IFaceReaders? readers) => _readers.Find(traits, out readers);

    /// <inheritdoc/>
    public FaceTemplate? FindPerson(string person, string room) => people?.Find(person, room);

    private ShelfState Begin(string model, Place place)
    {
        lock (place)
        {
            if (place.Loading || place.Detector is not null)
                return ShelfState.Loading;
            if (catalogue.ForPolicy(model)?.Id is not { } id)
            {
                place.Problem = $"No model of the catalogue is called \"{model}\" or does that job and is on.";
                Volatile.Write(ref place.TriedAt, clock.GetTimestamp());
                return ShelfState.Missing;
            }

            place.Loading = true;
            _ = LoadAsync(model, id, place);
            return place.Problem is null ? ShelfState.Loading : ShelfState.Missing;
        }
    }

    private async Task LoadAsync(string model, string id, Place place)
    {
        // Off the room's thread, which asks for the model: loading takes long, and preparing it longer.
        await Task.Yield();
        try
        {
            // The steps of another try are those of the first, which are in the log.
            var progress = place.Problem is null ? new PreparationLog(logger) : null;
            var detector = await detectors.GetAsync(id, progress, CancellationToken.None);
            LookOnce(detector);
            place.Problem = null;
            place.Detector = detector;
            LogReady(logger, model, id);
        }
#pragma warning disable CA1031 // Whatever keeps a model from loading, the rooms that need it are told and fall closed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is not (ModelException or ModelRefusedException or InferenceException))
                FaultReports.Report("model", error);
            if (!string.Equals(place.Problem, error.Message, StringComparison.Ordinal))
                LogMissing(logger, model, id, error.Message);
            place.Problem = error.Message;
        }
        finally
        {
            Volatile.Write(ref place.TriedAt, clock.GetTimestamp());
            place.Loading = false;
            Interlocked.Increment(ref _tries);
        }
    }

    private static void LookOnce(IDetector detector)
    {
        using var pool = new FramePool(0);
        using var frame = pool.Rent(640, 480);
        FrameCopy.Fill(frame, 128, 128, 128);
        using var lane = detector.OpenLane(1);
        if (lane.Sample(frame, new PixelRect(0, 0, 640, 480), detector.InputSize))
            lane.Infer(new DetectionList());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model for {Job} ready: {Model}")]
    private static partial void LogReady(ILogger logger, string job, string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model for {Job} missing: {Model}: {Problem} Rooms that need it are covered")]
    private static partial void LogMissing(ILogger logger, string job, string model, string problem);
}
