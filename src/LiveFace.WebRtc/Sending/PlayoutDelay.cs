namespace LiveFace.WebRtc.Sending;

/// <summary>
/// How long the receiver is asked to hold frames back. On a path without loss that is nothing: each frame is shown as it
/// comes. Where packets are lost again and again, what was sent anew comes in clumps that a screen cannot show; there
/// the delay grows to what covers all such waits of the last seconds but the longest, and it ends some seconds after
/// the losses do.
/// </summary>
internal sealed class PlayoutDelay(TimeSpan maximum)
{
    /// <summary>What the header extension counts in.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private const int Capacity = 64;

    // A loss or two in ten seconds are not worth making every picture later.
    private const int Few = 3;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    // What is late by less moves no picture by more than one turn of a screen.
    private static readonly TimeSpan Negligible = TimeSpan.FromMilliseconds(20);

    // What is late together is late for one reason: a burst, or a packet that was lost twice.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(150);

    private readonly Wait[] _waits = new Wait[Capacity];
    private long _count;

    public TimeSpan Current { get; private set; }

    /// <summary>A frame, or a packet that is sent again, is this late.</summary>
    public void OnLate(TimeSpan late, TimeSpan now)
    {
        if (late < Negligible || maximum <= TimeSpan.Zero)
            return;
        if (_count > 0 && now - Newest.Began < Together)
            Newest.Longest = late > Newest.Longest ? late : Newest.Longest;
        else
            _waits[_count++ % Capacity] = new Wait { Began = now, Longest = late };
    }

    /// <summary>Decides anew; true if the delay changes.</summary>
    public bool Update(TimeSpan now)
    {
        if (_count == 0)
            return false;
        var needed = Needed(now);
        // It grows at once and shrinks by more than a little, because every change moves the picture.
        if (needed == Current || (needed != TimeSpan.Zero && needed < Current && Current - needed < Step * 3))
            return false;
        Current = needed;
        return true;
    }

    private ref Wait Newest => ref _waits[(_count - 1) % Capacity];

    private TimeSpan Needed(TimeSpan now)
    {
        if (now - Newest.Began > Quiet)
        {
            _count = 0;
            return TimeSpan.Zero;
        }

        TimeSpan longest = default, second = default;
        var waits = 0;
        for (var i = Math.Max(0, _count - Capacity); i < _count; i++)
        {
            var wait = _waits[i % Capacity];
            if (now - wait.Began > Window)
                continue;
            waits++;
            if (wait.Longest > longest)
                (longest, second) = (wait.Longest, longest);
            else if (wait.Longest > second)
                second = wait.Longest;
        }

        if (waits < Few)
            return TimeSpan.Zero;
        var steps = Math.Ceiling(second / Step) + 1;
        return steps * Step < maximum ? steps * Step : maximum;
    }

    private struct Wait
    {
        public TimeSpan Began;
        public TimeSpan Longest;
    }
}
