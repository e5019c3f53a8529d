using System.Diagnostics;
using LiveFace.Films.Detection;

namespace LiveFace.Accuracy.Films;

internal sealed class StageClock : IProgress<FilmProgress>
{
    private readonly Lock _lock = new();
    private FilmStage _stage;
    private long _since = Stopwatch.GetTimestamp();

    public double[] Seconds { get; } = new double[4];

    public void Report(FilmProgress value)
    {
        lock (_lock)
        {
            _stage = value.Stage;
            Seconds[(int)_stage] += Stopwatch.GetElapsedTime(_since).TotalSeconds;
            _since = Stopwatch.GetTimestamp();
        }
    }
}
