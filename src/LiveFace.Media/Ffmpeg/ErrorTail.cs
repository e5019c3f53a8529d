using System.Text.RegularExpressions;

namespace LiveFace.Media.Ffmpeg;

/// <summary>The last lines that a process wrote to its standard error. Passwords in addresses are left out.</summary>
internal sealed partial class ErrorTail
{
    private const int MaximumLines = 12;
    private const int MaximumLineLength = 400;

    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();

    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        var shown = WithoutPasswords(line.Length > MaximumLineLength ? line[..MaximumLineLength] : line);
        lock (_lock)
        {
            _lines.Enqueue(shown);
            if (_lines.Count > MaximumLines)
                _lines.Dequeue();
        }
    }

    public override string ToString()
    {
        lock (_lock)
            return string.Join('\n', _lines);
    }

    public static string WithoutPasswords(string text) => UserInAddress().Replace(text, "://***@");

    [GeneratedRegex("://[^/@\\s]*@", RegexOptions.NonBacktracking)]
    private static partial Regex UserInAddress();
}
