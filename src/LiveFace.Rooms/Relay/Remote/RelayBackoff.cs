namespace LiveFace.Rooms.Relay.Remote;

/// <summary>How long to wait before the next try: at first hardly, then twice as long each time, up to two seconds.</summary>
internal struct RelayBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next;

    /// <summary>A stream that brought something begins from the first again.</summary>
    public TimeSpan Next(bool brought)
    {
        var wait = brought || _next < First ? First : _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;

        // Nodes that lost the same owner do not all come back in the same moment.
        return wait * (0.5 + Random.Shared.NextDouble());
    }
}
