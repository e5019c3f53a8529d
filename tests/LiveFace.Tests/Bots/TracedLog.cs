using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Bot;
using LiveFace.Bot.Texts;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.Logging;

namespace LiveFace.Tests.Bots;

/// <summary>Everything that is written down, at any level.</summary>
internal sealed class TracedLog : ILogger
{
    private readonly List<string> _lines = [];

    public string Text
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add($"{formatter(state, exception)} {exception}");
    }
}
