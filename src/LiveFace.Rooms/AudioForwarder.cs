using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>
/// Passes the publisher's sound on to those who watch, packet by packet and undecoded. Capture times go with it, so
/// that receivers bring it together with the picture. While a look-ahead holds the picture back, the sound is held back
/// by as much; otherwise it passes at once and takes no lock that anybody else holds. A new publisher's numbers go on
/// where the last one's ended.
/// </summary>
internal sealed class AudioForwarder : IDisposable
{
    // 20 ms of Opus at 48 kHz between the last packet of one publisher and the first of the next.
    private const uint Gap = 960;

    // More than a second of packets of 10 ms; longer than any look-ahead takes.
    private const int MostWaiting = 128;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly SoundSender _send;
    private readonly Action _dropped;
    private readonly Action<Exception> _failed;
    private readonly long _started;
    private readonly Lock _gate = new();
    private SoundQueue? _waiting;
    private ITimer? _timer;
    private int _source = -1;
    private long _sequenceOffset;
    private uint _timestampOffset;
    private long _lastSequence;
    private uint _lastTimestamp;
    private bool _disposed;

    public AudioForwarder(TimeProvider clock, SoundSender send, Action dropped, Action<Exception> failed)
    {
        _clock = clock;
        _send = send;
        _dropped = dropped;
        _failed = failed;
        _started = clock.GetTimestamp();
    }

    private TimeSpan Now => _clock.GetElapsedTime(_started);

    /// <summary>Packets that wait for their picture.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting?.Count ?? 0;
        }
    }

    /// <summary>Passes a packet on, held back by as much as the picture is.</summary>
    public void Forward(in ReceivedAudioPacket packet, int source, TimeSpan delay)
    {
        var outgoing = Number(packet, source);
        if (delay <= TimeSpan.Zero && (_waiting is null || Waiting == 0))
        {
            _send(outgoing);
            return;
        }

        var due = Now + (delay < LongestDelay ? delay : LongestDelay);
        lock (_gate)
        {
            if (_disposed)
                return;
            _waiting ??= new SoundQueue(MostWaiting);
            _timer ??= _clock.CreateTimer(static self => ((AudioForwarder)self!).SendDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (!_waiting.Add(outgoing, due))
                _dropped();
            if (_waiting.Count == 1)
                Await();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private OutgoingAudioPacket Number(in ReceivedAudioPacket packet, int source)
    {
        if (source != _source)
        {
            if (_source >= 0)
            {
                _sequenceOffset = _lastSequence + 1 - packet.SequenceNumber;
                _timestampOffset = unchecked(_lastTimestamp + Gap - packet.RtpTimestamp);
            }

            _source = source;
        }

        var sequence = packet.SequenceNumber + _sequenceOffset;
        var timestamp = unchecked(packet.RtpTimestamp + _timestampOffset);
        if (sequence > _lastSequence)
            (_lastSequence, _lastTimestamp) = (sequence, timestamp);
        return new OutgoingAudioPacket
        {
            Codec = packet.Codec, Payload = packet.Payload, RtpTimestamp = timestamp, SequenceNumber = sequence,
            CaptureTime = packet.CaptureTime ?? packet.ArrivalTime, Marker = packet.Marker,
        };
    }

    private void SendDue()
    {
        // Sent inside the lock: a packet's memory is used again, and the next one may not overtake it.
        lock (_gate)
        {
            try
            {
                while (!_disposed && _waiting!.TryTake(Now, out var packet))
                    _send(packet);
            }
#pragma warning disable CA1031 // What leaves a timer's callback ends the program.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _failed(error);
            }

            Await();
        }
    }

    private void Await()
    {
        if (!_disposed && _waiting!.NextDue is { } due)
            _timer!.Change(due > Now ? due - Now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
