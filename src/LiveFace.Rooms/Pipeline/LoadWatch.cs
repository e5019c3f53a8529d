namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Chooses the load level from how much of its time a room's picture thread is at work. It goes up as soon as half a
/// second was nearly full, and down after three calm seconds. Times are inputs.
/// </summary>
internal sealed class LoadWatch
{
    private const double High = 0.8;

    // A level less adds no more than half of the look's budget, a tenth of a frame's time.
    private const double Low = 0.65;
    private const int CalmWindows = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    private TimeSpan _windowBegan;
    private TimeSpan _busy;
    private int _calm;

    public LoadLevel Level { get; private set; }

    /// <summary>The part of the last window that was spent at work.</summary>
    public double Load { get; private set; }

    /// <summary>A frame was worked on for so long.</summary>
    public void Worked(TimeSpan now, TimeSpan busy)
    {
        _busy += busy;
        var elapsed = now - _windowBegan;
        if (elapsed < Window)
            return;
        Load = Math.Min(1, _busy / elapsed);
        _windowBegan = now;
        _busy = TimeSpan.Zero;
        _calm = Load < Low ? _calm + 1 : 0;
        if (Load > High && Level.Level < LoadLevel.Most)
            Level = new LoadLevel(Level.Level + 1);
        else if (_calm >= CalmWindows && Level.Level > 0)
            (Level, _calm) = (new LoadLevel(Level.Level - 1), 0);
    }
}
