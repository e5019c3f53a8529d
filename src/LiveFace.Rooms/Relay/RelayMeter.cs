namespace LiveFace.Rooms.Relay;

/// <summary>What all relayed streams of a node count, in one direction.</summary>
public sealed class RelayMeter
{
    private readonly long[] _drops = new long[(int)RelayDrop.Count];
    private long _pictures;
    private long _bytes;
    private long _sounds;
    private long _keyFramesAsked;
    private long _streams;
    private long _opened;

    /// <summary>Pictures that crossed between the nodes.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Their bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Packets of sound that crossed.</summary>
    public long Sounds => Interlocked.Read(ref _sounds);

    /// <summary>Keyframes that viewers asked for through a relay.</summary>
    public long KeyFramesAsked => Interlocked.Read(ref _keyFramesAsked);

    /// <summary>Streams open now.</summary>
    public long Streams => Interlocked.Read(ref _streams);

    /// <summary>Streams opened so far.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>What was let go at a place.</summary>
    public long Drops(RelayDrop place) => Interlocked.Read(ref _drops[(int)place]);

    internal void Picture(int bytes)
    {
        Interlocked.Increment(ref _pictures);
        Interlocked.Add(ref _bytes, bytes);
    }

    internal void Sound() => Interlocked.Increment(ref _sounds);

    internal void KeyFrameAsked(int count = 1) => Interlocked.Add(ref _keyFramesAsked, count);

    internal void Dropped(RelayDrop place, int count = 1) => Interlocked.Add(ref _drops[(int)place], count);

    internal void StreamOpened()
    {
        Interlocked.Increment(ref _streams);
        Interlocked.Increment(ref _opened);
    }

    internal void StreamClosed() => Interlocked.Decrement(ref _streams);
}
