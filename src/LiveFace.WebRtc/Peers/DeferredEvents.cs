namespace LiveFace.WebRtc.Peers;

/// <summary>
/// Keeps what the media session says while its lock is held, to be said to the application when it is not. Frames are
/// copied into one block of memory that is used again and again.
/// </summary>
internal sealed class DeferredEvents
{
    /// <summary>What one received packet can complete is a few frames; past this the rest is dropped.</summary>
    const int MaximumBytes = 16 * 1024 * 1024;

    readonly List<Entry> _entries = [];
    byte[] _memory = new byte[4096];
    int _used;

    public bool IsEmpty => _entries.Count == 0;

    public void Add(in ReceivedVideoFrame frame)
    {
        if (TryKeep(frame.Payload, out var offset))
        {
            _entries.Add(new(frame.Mid, frame.Codec, offset, frame.Payload.Length, frame.RtpTimestamp, frame.ArrivalTime)
            {
                CaptureTime = frame.CaptureTime,
                Rotation = frame.Rotation,
                IsKeyFrame = frame.IsKeyFrame,
                IsContiguous = frame.IsContiguous,
                RecoveryDelay = frame.RecoveryDelay,
            });
        }
    }

    public void Add(in ReceivedAudioPacket packet)
    {
        if (TryKeep(packet.Payload, out var offset))
        {
            _entries.Add(new(packet.Mid, packet.Codec, offset, packet.Payload.Length, packet.RtpTimestamp, packet.ArrivalTime)
            {
                CaptureTime = packet.CaptureTime,
                SequenceNumber = packet.SequenceNumber,
                Marker = packet.Marker,
            });
        }
    }

    /// <summary>Says everything, in order. A handler that throws does not keep the others from hearing.</summary>
    public void Deliver(RtcPeer peer)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            try
            {
                if (entry.Codec is RtcCodec.Opus)
                    peer.AudioReceived?.Invoke(peer, Audio(entry));
                else
                    peer.VideoReceived?.Invoke(peer, Video(entry));
            }
#pragma warning disable CA1031 // It is the application's code: whatever it throws must not stop the packet thread.
            catch (Exception error)
#pragma warning restore CA1031
            {
                peer.OnHandlerThrew(error);
            }
        }

        _entries.Clear();
        _used = 0;
    }

    ReceivedVideoFrame Video(in Entry entry) => new()
    {
        Mid = entry.Mid,
        Codec = entry.Codec,
        Payload = _memory.AsSpan(entry.Offset, entry.Length),
        RtpTimestamp = entry.RtpTimestamp,
        ArrivalTime = entry.ArrivalTime,
        CaptureTime = entry.CaptureTime,
        Rotation = entry.Rotation,
        IsKeyFrame = entry.IsKeyFrame,
        IsContiguous = entry.IsContiguous,
        RecoveryDelay = entry.RecoveryDelay,
    };

    ReceivedAudioPacket Audio(in Entry entry) => new()
    {
        Mid = entry.Mid,
        Codec = entry.Codec,
        Payload = _memory.AsSpan(entry.Offset, entry.Length),
        RtpTimestamp = entry.RtpTimestamp,
        ArrivalTime = entry.ArrivalTime,
        CaptureTime = entry.CaptureTime,
        SequenceNumber = entry.SequenceNumber,
        Marker = entry.Marker,
    };

    bool TryKeep(ReadOnlySpan<byte> payload, out int offset)
    {
        offset = _used;
        var needed = _used + payload.Length;
        if (needed > MaximumBytes)
            return false;
        if (needed > _memory.Length)
            Array.Resize(ref _memory, Math.Max(needed, _memory.Length * 2));
        payload.CopyTo(_memory.AsSpan(_used));
        _used = needed;
        return true;
    }

    readonly record struct Entry(
        string Mid, RtcCodec Codec, int Offset, int Length, uint RtpTimestamp, TimeSpan ArrivalTime)
    {
        public TimeSpan? CaptureTime { get; init; }

        public VideoRotation Rotation { get; init; }

        public bool IsKeyFrame { get; init; }

        public bool IsContiguous { get; init; }

        public TimeSpan RecoveryDelay { get; init; }

        public long SequenceNumber { get; init; }

        public bool Marker { get; init; }
    }
}
