using System.Diagnostics;
using System.Globalization;
using LiveFace.Films.OnePass;

namespace LiveFace.Cli;

/// <summary>Tells how far a film is, a line now and then, with how long it will take.</summary>
internal sealed class FilmLines(TextWriter output, string name) : IProgress<OnePassProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly long _began = Stopwatch.GetTimestamp();
    private TimeSpan _told;

    public void Report(OnePassProgress value)
    {
        var elapsed = Stopwatch.GetElapsedTime(_began);
        if (elapsed - _told < Interval || value.Frames == 0)
            return;
        _told = elapsed;
        var pace = value.Frames / elapsed.TotalSeconds;
        output.WriteLine(value.Total is { } total && total >= value.Frames
            ? string.Create(CultureInfo.InvariantCulture, $"{name}: {value.Frames} of {total} pictures, {pace:0.0} a second, {TimeSpan.FromSeconds((total - value.Frames) / pace):h\\:mm\\:ss} left")
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {value.Frames} pictures, {pace:0.0} a second"));
    }
}
