using System.Diagnostics.CodeAnalysis;

namespace LiveFace.Rooms.Relay;

/// <summary>
/// What waits for one other node, bounded in number and bytes. A picture that finds no place goes, and so do all that
/// stand on it; the next keyframe takes the place of everything that still waits. Sound gives way oldest first.
/// </summary>
internal sealed class RelayQueue(RelayMeter meter)
{
    private readonly Lock _gate = new();
    private readonly Queue<RelayParcel> _waiting = new(RelayLimits.MostPictures + RelayLimits.MostSounds);
    private readonly Stack<RelayParcel> _pictures = new(Enumerable.Range(0, RelayLimits.MostPictures).Select(_ => new RelayParcel(isPicture: true)));
    private readonly Stack<RelayParcel> _sounds = new(Enumerable.Range(0, RelayLimits.MostSounds).Select(_ => new RelayParcel(isPicture: false)));
    private bool _needsKeyFrame = true;
    private int _bytes;

    /// <summary>How many pictures and packets wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>How many pictures wait or are on their way.</summary>
    public int Pictures
    {
        get
        {
            lock (_gate)
                return RelayLimits.MostPictures - _pictures.Count;
        }
    }

    /// <summary>Nothing waits or is on its way, and only a keyframe helps.</summary>
    public bool IsStuck
    {
        get
        {
            lock (_gate)
                return _needsKeyFrame && _pictures.Count == RelayLimits.MostPictures;
        }
    }

    /// <summary>An empty place for a picture of so many bytes; null when it has to go.</summary>
    public RelayParcel? RentPicture(bool isKeyFrame, int bytes)
    {
        lock (_gate)
        {
            if (bytes > RelayLimits.MostBytes)
            {
                _needsKeyFrame = true;
                meter.Dropped(RelayDrop.TooLarge);
                return null;
            }

            if (_needsKeyFrame && !isKeyFrame)
            {
                meter.Dropped(RelayDrop.BeforeKeyFrame);
                return null;
            }

            var fits = _pictures.Count > 0 && _bytes + bytes <= RelayLimits.MostBytes;
            if (isKeyFrame && (_needsKeyFrame || !fits))
                DropWaitingPictures();
            if (_pictures.Count > 0 && _bytes + bytes <= RelayLimits.MostBytes)
                return _pictures.Pop();
            _needsKeyFrame = true;
            meter.Dropped(RelayDrop.QueueFull);
            return null;
        }
    }

    /// <summary>An empty place for a packet of sound, the oldest one's where none is free; null when all are on their way.</summary>
    public RelayParcel? RentSound()
    {
        lock (_gate)
        {
            if (_sounds.TryPop(out var free))
                return free;
            meter.Dropped(RelayDrop.SoundQueueFull);
            for (var i = _waiting.Count; i > 0; i--)
            {
                var parcel = _waiting.Dequeue();
                if (!parcel.IsPicture && free is null)
                    free = parcel;
                else
                    _waiting.Enqueue(parcel);
            }

            _bytes -= free?.Payload.Length ?? 0;
            return free;
        }
    }

    /// <summary>Puts a filled place in line.</summary>
    public void Add(RelayParcel parcel)
    {
        lock (_gate)
        {
            if (parcel is { IsPicture: true, IsMarked: true })
                _needsKeyFrame = false;
            _bytes += parcel.Payload.Length;
            _waiting.Enqueue(parcel);
        }
    }

    /// <summary>The next one; it goes back by <see cref="Return"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out RelayParcel? parcel)
    {
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out parcel))
                return false;
            _bytes -= parcel.Payload.Length;
            return true;
        }
    }

    public void Return(RelayParcel parcel)
    {
        lock (_gate)
            (parcel.IsPicture ? _pictures : _sounds).Push(parcel);
    }

    private void DropWaitingPictures()
    {
        for (var i = _waiting.Count; i > 0; i--)
        {
            var parcel = _waiting.Dequeue();
            if (!parcel.IsPicture)
            {
                _waiting.Enqueue(parcel);
                continue;
            }

            _bytes -= parcel.Payload.Length;
            _pictures.Push(parcel);
            meter.Dropped(RelayDrop.Superseded);
        }
    }
}
