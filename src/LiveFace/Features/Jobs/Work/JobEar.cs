using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Jobs.Work;

/// <summary>Takes what a worker says to the board, with how fast it is.</summary>
internal sealed class JobEar(JobBoard board, string job, TimeProvider time)
{
    private (Films.Detection.FilmStage Stage, int Round)? _at;
    private long _began;
    private long _first;

    public void Hear(JobWord word)
    {
        if (word.Film is { } film)
            board.Change(job, now => now with { Film = film });
        if (word.Kept)
            board.Change(job, now => now.Attempts > 1 ? now with { Attempts = 1 } : null);
        if (word.Step is not { } step)
            return;
        if (_at != (step.Stage, step.Round))
            (_at, _began, _first) = ((step.Stage, step.Round), time.GetTimestamp(), step.Pictures);
        var seconds = time.GetElapsedTime(_began).TotalSeconds;
        double? rate = seconds > 0.5 && step.Pictures > _first ? Math.Round((step.Pictures - _first) / seconds, 2) : null;
        board.Report(job, new JobProgress(
            step.Stage, step.Round, step.Pictures, step.Total, step.Found, rate,
            rate is > 0 && step.Total >= step.Pictures ? Math.Round((step.Total.Value - step.Pictures) / rate.Value, 1) : null));
    }
}
