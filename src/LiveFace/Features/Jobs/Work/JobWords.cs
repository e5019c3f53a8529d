using System.Diagnostics;
using System.Text.Json;
using LiveFace.Films.Detection;
using LiveFace.Http;

namespace LiveFace.Features.Jobs.Work;

/// <summary>Says what a worker has to say, a line each; how far it is at most a few times a second.</summary>
internal sealed class JobWords(Stream output) : IProgress<FilmProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private (FilmStage Stage, int Round) _at = ((FilmStage)(-1), 0);
    private long _said;

    /// <summary>Turns what a step says into how far the film is: a segment begins behind those before it.</summary>
    public Func<FilmProgress, FilmProgress>? Shift { get; set; }

    public void Say(JobWord word)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(word, ApiJson.Options), (byte)'\n'];
        lock (_lock)
        {
            output.Write(line);
            output.Flush();
        }
    }

    public void Report(FilmProgress value)
    {
        lock (_lock)
        {
            if (_at == (value.Stage, value.Round) && Stopwatch.GetElapsedTime(_said) < Interval)
                return;
            (_at, _said) = ((value.Stage, value.Round), Stopwatch.GetTimestamp());
        }

        var shown = Shift?.Invoke(value) ?? value;
        Say(new JobWord { Step = new JobStep(shown.Stage, shown.Round, shown.Pictures, shown.Total, shown.Found) });
    }
}
