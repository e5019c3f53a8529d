using System.Collections.Concurrent;
using LiveFace.Media;

namespace LiveFace.Cli.Lines;

/// <summary>Writes what the libraries catch as a line on the terminal, the first of each place.</summary>
internal sealed class FaultLines : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> _told = new(StringComparer.Ordinal);
    private readonly TextWriter _lines;

    public FaultLines(TextWriter lines)
    {
        _lines = TextWriter.Synchronized(lines);
        FaultReports.Reported += Tell;
    }

    public void Dispose() => FaultReports.Reported -= Tell;

    private void Tell(object? sender, FaultEventArgs fault)
    {
        if (_told.TryAdd(fault.Place, 0))
            _lines.WriteLine($"Fault in {fault.Place}: {fault.Error.Message}");
    }
}
