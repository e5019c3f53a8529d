using LiveFace.WebRtc.Rtcp;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>When each packet of the transport came, until it has been told in transport-wide feedback.</summary>
internal sealed class ArrivalRecorder
{
    private const int Capacity = 2048;

    /// <summary>This many packets are told at once, before their time: bursts stay visible to a quick sender.</summary>
    private const int Eager = 128;

    // The first packet that comes so long after the first untold one has all told along with it, on the thread that
    // is awake for it; where none comes, a timer sees to it. Both lie between what libwebrtc itself takes for intervals.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly long[] _arrivals = new long[Capacity];
    private SequenceUnwrapper _unwrapper;
    private TimeSpan _due = TimeSpan.MaxValue;
    private long _next = -1;
    private long _highest = -1;
    private byte _feedbackCount;

    public ArrivalRecorder() => _arrivals.AsSpan().Fill(TransportFeedbackWriter.NotReceived);

    public TimeSpan NextDeadline => _due;

    public void Add(ushort sequence, TimeSpan now)
    {
        var unwrapped = _unwrapper.Unwrap(sequence);
        if (_next < 0 || unwrapped - _highest >= Capacity || unwrapped <= _highest - Capacity)
            Restart(unwrapped);
        for (var missing = _highest + 1; missing < unwrapped; missing++)
            At(missing) = TransportFeedbackWriter.NotReceived;
        if (unwrapped <= _highest && At(unwrapped) != TransportFeedbackWriter.NotReceived)
            return;

        At(unwrapped) = now.Ticks / TransportFeedbackReader.Tick.Ticks;
        _highest = Math.Max(_highest, unwrapped);
        // What was told to be missing and came late is told again, with all since then.
        _next = Math.Max(Math.Min(_next, unwrapped), _highest - Capacity + 1);
        if (_due == TimeSpan.MaxValue)
            _due = now + Longest;
        if (_highest - _next >= Eager || now >= _due - Longest + Interval)
            _due = now;
    }

    /// <summary>Writes one feedback packet, 0 when there is nothing to tell; to be called again until then.</summary>
    public int Write(Span<byte> buffer, uint sender, uint media)
    {
        Span<long> window = stackalloc long[256];
        while (_next <= _highest && _next >= 0)
        {
            var count = (int)Math.Min(window.Length, _highest - _next + 1);
            var received = false;
            for (var i = 0; i < count; i++)
            {
                window[i] = At(_next + i);
                received |= window[i] != TransportFeedbackWriter.NotReceived;
            }

            if (!received)
            {
                _next += count;
                continue;
            }

            var size = TransportFeedbackWriter.Write(
                buffer, sender, media, (ushort)_next, window[..count], _feedbackCount, out var reported);
            if (reported == 0)
                break;
            _feedbackCount++;
            _next += reported;
            return size;
        }

        _due = TimeSpan.MaxValue;
        return 0;
    }

    private ref long At(long sequence) => ref _arrivals[sequence & (Capacity - 1)];

    private void Restart(long sequence)
    {
        _arrivals.AsSpan().Fill(TransportFeedbackWriter.NotReceived);
        _next = sequence;
        _highest = sequence - 1;
    }
}
