namespace LiveFace.WebRtc.Rtp;

/// <summary>Carries a 16-bit sequence number on past its wrap: each value is read as the nearest to the last.</summary>
internal struct SequenceUnwrapper
{
    // Starting one turn up keeps values positive when the first packets come out of order.
    private const long FirstTurn = 0x1_0000;

    private long _last;
    private bool _started;

    public long Unwrap(ushort value)
    {
        var unwrapped = Peek(value);
        _started = true;
        _last = unwrapped;
        return unwrapped;
    }

    /// <summary>Reads a value without taking it as the newest.</summary>
    public readonly long Peek(ushort value) =>
        _started ? _last + (short)(value - (ushort)_last) : value + FirstTurn;
}
