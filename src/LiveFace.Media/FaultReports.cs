namespace LiveFace.Media;

/// <summary>
/// Where code that stands below the program reports what it caught and cannot name: nothing of it is thrown away, and the
/// program that hosts it listens. A place is a name in our code, never anything that came in.
/// </summary>
public static class FaultReports
{
    /// <summary>Hears of each fault, on the thread that it happened on. Does not throw, and returns soon.</summary>
    public static event EventHandler<FaultEventArgs>? Reported;

    /// <summary>Reports an exception that no rule foresaw.</summary>
    public static void Report(string place, Exception error) => Reported?.Invoke(sender: null, new FaultEventArgs(place, error));
}

/// <summary>A fault and where it happened.</summary>
public sealed class FaultEventArgs(string place, Exception error) : EventArgs
{
    /// <summary>Where it was caught.</summary>
    public string Place { get; } = place;

    /// <summary>What it was.</summary>
    public Exception Error { get; } = error;
}
