using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LiveFace.Films.Detection;

namespace LiveFace.Cli.Films;

/// <summary>Tells how far a film is: a bar that grows where somebody looks at a terminal, a line now and then elsewhere.</summary>
internal sealed class FilmProgressView : IProgress<FilmProgress>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(3), BarInterval = TimeSpan.FromSeconds(0.2);

    private readonly TextWriter _output;
    private readonly string _name;
    private readonly bool _isTerminal;
    private readonly Lock _lock = new();
    private (FilmStage Stage, int Round) _at = ((FilmStage)(-1), 0);
    private long _began;
    private TimeSpan _told;
    private int _written;

    private FilmProgressView(TextWriter output, string name, bool isTerminal) => (_output, _name, _isTerminal) = (output, name, isTerminal);

    /// <summary>None where everything is told as JSON.</summary>
    public static FilmProgressView? For(ParseResult parsed, string name)
    {
        var output = parsed.InvocationConfiguration.Output;
        return parsed.GetValue(FilmOptions.Json) ? null : new FilmProgressView(output, name, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
    }

    public void Report(FilmProgress value)
    {
        lock (_lock)
        {
            if (_at != (value.Stage, value.Round))
                (_at, _began, _told) = ((value.Stage, value.Round), Stopwatch.GetTimestamp(), TimeSpan.Zero);
            var elapsed = Stopwatch.GetElapsedTime(_began);
            if (elapsed - _told < (_isTerminal ? BarInterval : LineInterval))
                return;
            _told = elapsed;
            var pace = value.Pictures / elapsed.TotalSeconds;
            if (_isTerminal)
                WriteBar(value, pace);
            else
                _output.WriteLine($"{_name}: {Words(value)} {Rest(value, pace)}");
        }
    }

    /// <summary>Leaves the line of the bar.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_written > 0)
                _output.Write($"\r{new string(' ', _written)}\r");
            _written = 0;
        }
    }

    private void WriteBar(in FilmProgress value, double pace)
    {
        var part = value.Total is > 0 ? Math.Clamp((double)value.Pictures / value.Total.Value, 0, 1) : 0;
        var full = (int)(part * BarWidth);
        var line = $"{_name} [{new string('█', full)}{new string('░', BarWidth - full)}] {Words(value)} {Rest(value, pace)}";
        _output.Write($"\r{line.PadRight(_written)}");
        _written = Math.Max(_written, line.Length);
    }

    private static string Words(in FilmProgress value) => value.Stage switch
    {
        FilmStage.Detect => "looking,",
        FilmStage.Link => "linking,",
        FilmStage.Render => "writing,",
        _ => "looking again,",
    } + (value.Round > 1 ? $" round {value.Round}," : "");

    private static string Rest(in FilmProgress value, double pace) => value.Total is { } total && total >= value.Pictures
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Pictures} of {total} pictures, {pace:0.0} a second, {TimeSpan.FromSeconds((total - value.Pictures) / Math.Max(pace, 1e-6)):h\\:mm\\:ss} left")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Pictures} pictures, {pace:0.0} a second");
}
