namespace LiveFace.Storage;

/// <summary>
/// How old is what this server knows of a database that it shares. A server that has not read what others took back admits nobody, and after
/// a while ends what is open. Always fresh where nothing is shared.
/// </summary>
internal sealed class StoreFreshness(TimeProvider time, StoreFreshness.Limits? limits)
{
    private readonly Lock _lock = new();
    private Moment _known = Moment.Of(time);

    /// <summary>Whether what it knows is new enough to admit by.</summary>
    public bool IsFresh => limits is null || Age <= limits.Stale;

    /// <summary>Whether it has known nothing for so long that what is open by keys and links has to end.</summary>
    public bool IsLost => limits is not null && Age > limits.Lost;

    /// <summary>Since when nothing is known.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_lock)
                return _known.Age(time);
        }
    }

    /// <summary>To be taken before the database is asked.</summary>
    public Moment Now() => Moment.Of(time);

    /// <summary>All is known that was committed before this moment.</summary>
    public void Known(Moment before)
    {
        lock (_lock)
            _known = before;
    }

    /// <param name="Stale">Beyond this nobody is admitted.</param>
    /// <param name="Lost">Beyond this what is open ends.</param>
    internal sealed record Limits(TimeSpan Stale, TimeSpan Lost);

    /// <summary>
    /// By both clocks, of which the later one counts: the monotonic one stands still while a machine sleeps, and the other one may be set back.
    /// </summary>
    internal readonly record struct Moment(long Ticks, DateTimeOffset At)
    {
        public static Moment Of(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

        public TimeSpan Age(TimeProvider time)
        {
            var (elapsed, passed) = (time.GetElapsedTime(Ticks), time.GetUtcNow() - At);
            return elapsed > passed ? elapsed : passed;
        }
    }
}
