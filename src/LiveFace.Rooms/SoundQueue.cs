using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>
/// Sound that waits until the picture that belongs to it is shown. Times are inputs; places and their memory are used
/// again. When more comes than may wait, the oldest goes.
/// </summary>
internal sealed class SoundQueue(int capacity)
{
    private readonly Place[] _ring = new Place[capacity];
    private int _first;
    private TimeSpan _lastDue = TimeSpan.MinValue;

    /// <summary>How many packets wait.</summary>
    public int Count { get; private set; }

    /// <summary>When the first one is due; null when none waits.</summary>
    public TimeSpan? NextDue => Count == 0 ? null : _ring[_first].Due;

    /// <summary>Puts a packet in line; false when the oldest had to go for it.</summary>
    public bool Add(in OutgoingAudioPacket packet, TimeSpan due)
    {
        var fits = Count < capacity;
        if (!fits)
            Advance();
        ref var place = ref _ring[(_first + Count) % capacity];
        if (place.Bytes is null || place.Bytes.Length < packet.Payload.Length)
            place.Bytes = new byte[Math.Max(256, packet.Payload.Length)];
        packet.Payload.CopyTo(place.Bytes);
        place.Length = packet.Payload.Length;
        place.Codec = packet.Codec;
        place.RtpTimestamp = packet.RtpTimestamp;
        place.CaptureTime = packet.CaptureTime;
        place.SequenceNumber = packet.SequenceNumber;
        place.Marker = packet.Marker;
        // A look-ahead that becomes shorter lets nothing overtake what waits already.
        place.Due = _lastDue = due > _lastDue || Count == 0 ? due : _lastDue;
        Count++;
        return fits;
    }

    /// <summary>Takes the first packet if it is due. Its payload stands until the next <see cref="Add"/>.</summary>
    public bool TryTake(TimeSpan now, out OutgoingAudioPacket packet)
    {
        packet = default;
        if (Count == 0 || _ring[_first].Due > now)
            return false;
        ref readonly var place = ref _ring[_first];
        packet = new OutgoingAudioPacket
        {
            Codec = place.Codec, Payload = place.Bytes.AsSpan(0, place.Length), RtpTimestamp = place.RtpTimestamp,
            CaptureTime = place.CaptureTime, SequenceNumber = place.SequenceNumber, Marker = place.Marker,
        };
        Advance();
        return true;
    }

    private void Advance()
    {
        _first = (_first + 1) % capacity;
        Count--;
    }

    private struct Place
    {
        public byte[]? Bytes;
        public int Length;
        public RtcCodec Codec;
        public uint RtpTimestamp;
        public TimeSpan? CaptureTime;
        public long? SequenceNumber;
        public bool Marker;
        public TimeSpan Due;
    }
}
