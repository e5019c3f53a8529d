using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Peers;

/// <summary>
/// Keeps what the media session reports while its lock is held, for the application to hear when it is not. Frames are
/// copied into one block of memory that is used again and again. They come and go under the lock of receiving,
/// decisions under the lock of the session.
/// </summary>
internal sealed class DeferredEvents : IMediaSessionEvents
{
    /// <summary>What one received packet can complete is a few frames; past this the rest is dropped.</summary>
    const int MaximumBytes = 16 * 1024 * 1024;

    readonly List<DeferredMedia> _entries = [];
    byte[] _memory = new byte[4096];
    int _used;
    SessionDecisions _decisions;

    public bool HasDecisions => !_decisions.IsEmpty;

    public SessionDecisions TakeDecisions()
    {
        var taken = _decisions;
        _decisions = default;
        return taken;
    }

    public void OnKeyFrameRequested(string mid) => _decisions = _decisions with { KeyFrameMid = mid };

    public void OnTargetBitrateChanged(long bitsPerSecond) =>
        _decisions = _decisions with { TargetBitrate = bitsPerSecond };

    public void OnVideoFrame(in ReceivedVideoFrame frame)
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

    public void OnAudioPacket(in ReceivedAudioPacket packet)
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

    /// <summary>Delivers decisions, then frames and packets in their order. The application's handlers do not throw.</summary>
    public void Deliver(in SessionDecisions decisions, IMediaSessionEvents application)
    {
        if (decisions.KeyFrameMid is { } mid)
            application.OnKeyFrameRequested(mid);
        if (decisions.TargetBitrate is { } target)
            application.OnTargetBitrateChanged(target);
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Codec is RtcCodec.Opus)
                application.OnAudioPacket(Audio(entry));
            else
                application.OnVideoFrame(Video(entry));
        }

        _entries.Clear();
        _used = 0;
    }

    ReceivedVideoFrame Video(in DeferredMedia entry) => new()
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

    ReceivedAudioPacket Audio(in DeferredMedia entry) => new()
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
}
