using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// How late a frame is against the rhythm of its timestamps. The quickest frame is the measure; what is held of it fades
/// so slowly that clocks may drift by 0.1 %.
/// </summary>
internal sealed class FrameRhythm(int clockRate)
{
    private const double Fade = 0.001;

    // Further than this from the rhythm, the source has begun anew.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);

    private TimestampUnwrapper _timestamps;
    private TimeSpan _quickest;
    private TimeSpan _updated;
    private bool _known;

    public TimeSpan Lateness(uint timestamp, TimeSpan now)
    {
        var way = now - TimeSpan.FromSeconds((double)_timestamps.Unwrap(timestamp) / clockRate);
        _quickest += (now - _updated) * Fade;
        _updated = now;
        if (!_known || way < _quickest || way - _quickest > Jump)
            _quickest = way;
        _known = true;
        return way - _quickest;
    }
}
