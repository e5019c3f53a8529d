namespace LiveFace.WebRtc.Rtp;

/// <summary>Carries a 32-bit RTP timestamp on past its wrap: each value is read as the nearest to the last.</summary>
internal struct TimestampUnwrapper
{
    private const long FirstTurn = 0x1_0000_0000;

    private long _last;
    private bool _started;

    public long Unwrap(uint value)
    {
        _last = _started ? _last + (int)(value - (uint)_last) : value + FirstTurn;
        _started = true;
        return _last;
    }
}
