using LiveFace.Media;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Rooms;

/// <summary>
/// What tells people apart, loaded when the first policy with exemptions asks for it and shared by all rooms. While it
/// is not there, nobody is exempt. A load that failed is tried again after a while.
/// </summary>
internal sealed partial class IdentifierShelf(Detectors detectors, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(20);
    private readonly Lock _gate = new();
    private volatile FaceIdentifier? _identifier;
    private long? _triedAt;
    private bool _loading;
    private string? _problem;

    public ShelfState Find(out FaceIdentifier? identifier)
    {
        identifier = _identifier;
        if (identifier is not null)
            return ShelfState.Ready;
        lock (_gate)
        {
            if (_loading)
                return ShelfState.Loading;
            if (_triedAt is { } tried && clock.GetElapsedTime(tried) < RetryAfter)
                return ShelfState.Missing;
            _loading = true;
        }

        _ = LoadAsync();
        return ShelfState.Loading;
    }

    private async Task LoadAsync()
    {
        await Task.Yield();
        string? problem = null;
        try
        {
            // The steps of another try are those of the first, which are in the log.
            _identifier = await detectors.GetIdentifierAsync(_problem is null ? new PreparationLog(logger) : null, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever keeps the models from loading, exempt people are hidden meanwhile.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is not (ModelException or ModelRefusedException or InferenceException))
                FaultReports.Report("identifier", error);
            problem = error.Message;
            if (!string.Equals(problem, _problem, StringComparison.Ordinal))
                LogMissing(logger, problem);
        }

        lock (_gate)
            (_loading, _triedAt, _problem) = (false, clock.GetTimestamp(), problem);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "People cannot be told apart: {Problem} Exempt people are hidden")]
    private static partial void LogMissing(ILogger logger, string problem);
}
