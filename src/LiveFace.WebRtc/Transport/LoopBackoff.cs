namespace LiveFace.WebRtc.Transport;

/// <summary>How long a loop waits after failures in a row: longer each time, so that one that fails at once does not spin.</summary>
internal sealed class LoopBackoff
{
    const int ManyInARow = 5;
    const int LongestPower = 10;
    int _inARow;

    /// <summary>It has failed again and again since it last succeeded.</summary>
    public bool IsFailing => Volatile.Read(ref _inARow) >= ManyInARow;

    public void Succeeded()
    {
        if (Volatile.Read(ref _inARow) != 0)
            Volatile.Write(ref _inARow, 0);
    }

    /// <summary>From 2 ms to a second.</summary>
    public TimeSpan Failed() => TimeSpan.FromMilliseconds(1 << Math.Min(Interlocked.Increment(ref _inARow), LongestPower));
}
