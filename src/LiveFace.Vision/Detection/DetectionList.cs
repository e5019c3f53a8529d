namespace LiveFace.Vision.Detection;

/// <summary>
/// Detections in memory that is used again: <see cref="Clear"/> keeps it. The number is bounded, so that no picture
/// can make a frame's work grow without end; once full, a stronger detection takes the weakest one's place.
/// </summary>
public sealed class DetectionList
{
    private readonly DetectedObject[] _items;
    private readonly List<DetectionMask> _masks = [];
    private int _masksInUse;
    private int _weakest = -1;

    /// <summary>Makes a list that holds up to this many detections.</summary>
    public DetectionList(int capacity = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _items = new DetectedObject[capacity];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The most that fit.</summary>
    public int Capacity => _items.Length;

    /// <summary>How many did not fit since the last <see cref="Clear"/>.</summary>
    public int Dropped { get; private set; }

    /// <summary>What was found; may be changed in place.</summary>
    public Span<DetectedObject> Items => _items.AsSpan(0, Count);

    /// <summary>Masks that detections name by index.</summary>
    public ReadOnlySpan<DetectionMask> Masks =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_masks)[.._masksInUse];

    /// <summary>Takes one more, or lets it go when the list is full of stronger ones.</summary>
    public void Add(in DetectedObject item)
    {
        if (Count < _items.Length)
        {
            _items[Count++] = item;
            return;
        }

        Dropped++;
        if (_weakest < 0)
            FindWeakest();
        if (item.Score <= _items[_weakest].Score)
            return;
        _items[_weakest] = item;
        FindWeakest();
    }

    /// <summary>Keeps the first ones and forgets the rest.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
        _weakest = -1;
    }

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        Dropped = 0;
        _masksInUse = 0;
        _weakest = -1;
    }

    /// <summary>Makes this list hold the same as another, masks included; what it held is forgotten.</summary>
    public void CopyFrom(DetectionList other)
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

    private void FindWeakest()
    {
        _weakest = 0;
        for (var i = 1; i < _items.Length; i++)
            if (_items[i].Score < _items[_weakest].Score)
                _weakest = i;
    }
}
