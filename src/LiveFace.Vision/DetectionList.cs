namespace LiveFace.Vision;

/// <summary>
/// Detections in memory that is used again: <see cref="Clear"/> keeps it. The number is bounded, so that no picture
/// can make a frame's work grow without end. A list that has <see cref="Dropped"/> any is no answer: what is missing
/// from it may be the very face that has to be hidden.
/// </summary>
public sealed class DetectionList
{
    /// <summary>
    /// Room for what one live look gives before it is made one. Two thousand faces of 16 pixels, painted as densely as
    /// they go into 1280×720, give 4,248, and three hundred of 24 pixels in 640×480 give 2,039.
    /// </summary>
    public const int RoomForLook = 8192;

    private readonly DetectedObject[] _items;
    private readonly List<DetectionMask> _masks = [];
    private int _masksInUse;

    /// <summary>Makes a list that holds up to this many detections.</summary>
    public DetectionList(int capacity = RoomForLook)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _items = new DetectedObject[capacity];
    }

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The most that fit.</summary>
    public int Capacity => _items.Length;

    /// <summary>How many were let go since the last <see cref="Clear"/>, because they did not fit.</summary>
    internal int Dropped { get; private set; }

    /// <summary>What was found; may be changed in place.</summary>
    public Span<DetectedObject> Items => _items.AsSpan(0, Count);

    /// <summary>Masks that detections name by index.</summary>
    public ReadOnlySpan<DetectionMask> Masks =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_masks)[.._masksInUse];

    /// <summary>Takes one more, or counts it when there is no room.</summary>
    public void Add(in DetectedObject item)
    {
        if (Count < _items.Length)
            _items[Count++] = item;
        else
            Dropped++;
    }

    /// <summary>Keeps the first ones and forgets the rest.</summary>
    internal void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <summary>Keeps the first ones and lets the rest go as too many.</summary>
    internal void DropFrom(int count)
    {
        Dropped += Count - count;
        Count = count;
    }

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        Dropped = 0;
        _masksInUse = 0;
    }

    /// <summary>Makes this list hold the same as another, masks included; what it held is forgotten.</summary>
    internal void CopyFrom(DetectionList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(other.Count, Capacity, nameof(other));
        Clear();
        other.Items.CopyTo(_items);
        Count = other.Count;
        Dropped = other.Dropped;
        foreach (var mask in other.Masks)
            mask.Values.CopyTo(AddMask(mask.Width, mask.Height, mask.Region, out _).Values);
    }

    /// <summary>Lends a mask of this size; its values are whatever the last user left.</summary>
    public DetectionMask AddMask(int width, int height, BoxF region, out int index)
    {
        index = _masksInUse;
        if (_masksInUse == _masks.Count)
            _masks.Add(new DetectionMask());
        var mask = _masks[_masksInUse++];
        mask.Open(width, height, region);
        return mask;
    }
}
