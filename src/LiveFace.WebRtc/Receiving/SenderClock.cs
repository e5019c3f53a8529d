using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// How far the peer's wall clock is from ours, read from when its sender reports come. The report that was quickest is
/// believed; the belief fades so slowly that clocks may drift by 0.1 %.
/// </summary>
internal sealed class SenderClock
{
    private static readonly TimeSpan FadePerReport = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);

    private long _offset;

    public bool IsKnown { get; private set; }

    public void OnSenderReport(NtpTime ntp, TimeSpan now)
    {
        var offset = ntp.Ticks - now.Ticks;
        var faded = _offset - FadePerReport.Ticks;
        _offset = !IsKnown || Math.Abs(offset - _offset) > Jump.Ticks ? offset : Math.Max(offset, faded);
        IsKnown = true;
    }

    /// <summary>Brings a time of the peer's clock to ours.</summary>
    public TimeSpan ToLocal(long ntpTicks) => new(ntpTicks - _offset);
}
