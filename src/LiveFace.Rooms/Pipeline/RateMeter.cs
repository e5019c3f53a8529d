namespace LiveFace.Rooms.Pipeline;

/// <summary>Events and bytes a second, over the last whole windows of half a second. Time is an input.</summary>
internal sealed class RateMeter
{
    private const int Windows = 4;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);
    private readonly (long Number, int Events, long Bytes)[] _windows = new (long, int, long)[Windows + 1];

    public void Add(TimeSpan now, int bytes)
    {
        var number = now / Window;
        ref var window = ref _windows[(long)number % _windows.Length];
        if (window.Number != (long)number)
            window = ((long)number, 0, 0);
        window.Events++;
        window.Bytes += bytes;
    }

    public (double PerSecond, double Kbps) Read(TimeSpan now)
    {
        var current = (long)(now / Window);
        var events = 0;
        var bytes = 0L;
        foreach (var window in _windows)
            if (window.Number < current && window.Number >= current - Windows)
            {
                events += window.Events;
                bytes += window.Bytes;
            }

        var seconds = Windows * Window.TotalSeconds;
        return (Math.Round(events / seconds, 1), Math.Round(bytes * 8 / 1000.0 / seconds, 1));
    }
}
