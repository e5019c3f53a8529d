using LiveFace.Media;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Rooms;

/// <summary>
/// What reads faces, loaded when the first policy asks for it and shared by all rooms. While it is not there nothing is read, and
/// whoever is hidden for their age stays hidden. A load that failed is tried again after a while.
/// </summary>
internal sealed partial class ReaderShelf(Detectors detectors, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(20);
    private readonly Lock _gate = new();
    private readonly Dictionary<FaceTraits, Place> _places = [];

    private sealed class Place
    {
        public IFaceReaders? Readers;
        public long? TriedAt;
        public bool Loading;
        public string? Problem;
    }

    public ShelfState Find(FaceTraits traits, out IFaceReaders? readers)
    {
        Place? place;
        lock (_gate)
        {
            if (!_places.TryGetValue(traits, out place))
                _places[traits] = place = new Place();
            readers = place.Readers;
            if (readers is not null)
                return ShelfState.Ready;
            if (place.Loading)
                return ShelfState.Loading;
            if (place.TriedAt is { } tried && clock.GetElapsedTime(tried) < RetryAfter)
                return ShelfState.Missing;
            place.Loading = true;
        }

        _ = LoadAsync(traits, place);
        return ShelfState.Loading;
    }

    private async Task LoadAsync(FaceTraits traits, Place place)
    {
        // Off the room's thread, which asks.
        await Task.Yield();
        string? problem = null;
        IFaceReaders? loaded = null;
        try
        {
            // The steps of another try are those of the first, which are in the log.
            loaded = await detectors.GetReadersAsync(traits, place.Problem is null ? new PreparationLog(logger) : null, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever keeps the models from loading, whom their age would show is hidden meanwhile.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is not (ModelException or ModelRefusedException or InferenceException))
                FaultReports.Report("reader", error);
            problem = error.Message;
            if (!string.Equals(problem, place.Problem, StringComparison.Ordinal))
                LogMissing(logger, problem);
        }

        lock (_gate)
            (place.Readers, place.Loading, place.TriedAt, place.Problem) = (loaded, false, clock.GetTimestamp(), problem);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Faces cannot be read: {Problem} Who would be shown for their age is hidden")]
    private static partial void LogMissing(ILogger logger, string problem);
}
